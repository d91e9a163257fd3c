(module
  (func (export "f") (result i64)
    i64.const 1
    i64.const 2
    i64.add))
