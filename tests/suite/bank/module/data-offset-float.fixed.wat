(module
  (memory 1)
  (data (i32.const 0) "first")
  (data (offset (i32.const 16)) "second"))
