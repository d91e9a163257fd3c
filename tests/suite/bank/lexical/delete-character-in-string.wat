(module
  (memory 1)
  (func (export "x") (result i32) (i32.const 1))
  (data (i32.const 0) "abcdef"))
