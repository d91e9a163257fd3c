(module
  (func (export "outer") (result i32)
    (func $inner (result i32)
      (i32.const 1))
    (call $inner)))
