(module
  (func (export "a") (result i64)
    i32.const 1
    i64.extend_s/i32)
)
