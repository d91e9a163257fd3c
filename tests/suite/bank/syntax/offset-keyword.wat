(module
  (memory 1)
  (data (offset 16) "hello"))
