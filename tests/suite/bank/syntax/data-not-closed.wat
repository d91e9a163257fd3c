(module
  (memory 1)
  (data (i32.const 0) "one"
  (data (i32.const 8) "two")
  (func (export "size") (result i32) (memory.size)))
