(module
  (memory shared 1 2))
