(module
  (func (export "f") (result i64)
    i64.const 1
    i64.const
    i64.add))
