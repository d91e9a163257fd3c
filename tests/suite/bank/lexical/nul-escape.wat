(module
  (memory 1)
  (data (i32.const 64) "usage: prog FILE\0"))
