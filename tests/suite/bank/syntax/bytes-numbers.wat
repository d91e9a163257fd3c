(module
  (memory 1)
  (data (i32.const 0) 1 2 3))
