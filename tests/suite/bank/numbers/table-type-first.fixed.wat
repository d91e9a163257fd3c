(module
  (table 10 funcref))
