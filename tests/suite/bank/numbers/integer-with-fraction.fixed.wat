(module
  (func (export "pi") (result i32)
    (i32.const 3)))
