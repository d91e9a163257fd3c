(module
  (func $a) (func $b)
  (table 2 funcref (elem $a $b)))
