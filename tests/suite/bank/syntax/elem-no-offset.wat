(module
  (table 2 funcref)
  (func $a)
  (elem 0 $a))
