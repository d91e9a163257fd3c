(module
  (table 2 funcref)
  (func $a) (func $b)
  (elem (i32.const 0) $a $b))
