(module
  (mem 1))
