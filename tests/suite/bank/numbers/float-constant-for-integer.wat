(module
  (func (export "rate") (result i32)
    (i32.const 1e3)))
