(module
  (memory 1)
  (data 0 "hello"))
