(module
  (func (export "ten") (result i64)
    i64.const 1
    i64.const 1_0
    i64.mul))
