(module
  (table 1 anyfunc))
