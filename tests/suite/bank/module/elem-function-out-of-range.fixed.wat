(module
  (table 3 funcref)
  (func $a)
  (func $b)
  (elem (i32.const 0) func 0 1 1))
