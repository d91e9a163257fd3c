(module
  (memory 1)
  (data (1024) "hello"))
