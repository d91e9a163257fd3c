(module
  (memory 1))
