(module
  (memory 1)
  (data (offset (i32.const 16)) "hello"))
