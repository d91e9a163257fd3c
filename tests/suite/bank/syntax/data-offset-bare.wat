(module
  (memory 1)
  (data 0 "abc")
  (func (export "size") (result i32) memory.size))
