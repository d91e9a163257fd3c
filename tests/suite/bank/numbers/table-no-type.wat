(module
  (table 10))
