(module
  (func (export "thousand") (result i32)
    (i32.const 1000)))
