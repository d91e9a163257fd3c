(module
  (memory 1)
  (data (i32.const 0) 0x48 0x69))
