(module
  (func $a) (func $b)
  (table funcref (elem $a $b)))
