(module
  (func $inner (result i32)
    (i32.const 1))
  (func (export "outer") (result i32)
    (call $inner)))
