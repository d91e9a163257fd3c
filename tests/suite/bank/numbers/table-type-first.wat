(module
  (table funcref 10))
