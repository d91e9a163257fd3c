(module
  (memory 1)
  (data (i32.const 0) "\01\02\03"))
