(module
  (memory 1 i64))
