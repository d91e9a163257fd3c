(module
  (memory 1)
  (data (i32.const 0) "hello")
  (func (export "size") (result i32) memory.size))
