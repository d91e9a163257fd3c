(module
  (memory 1)
  (data (i32.const 0) "name	value")
  (func (export "first") (result i32)
    i32.const 0
    i32.load8_u))
