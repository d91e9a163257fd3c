(module
  (memory 1)
  (func (export "length") (result i32) (i32.const 5))
  (data (i32.const 0) "hello\0"))
