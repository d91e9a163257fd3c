(module
  (table $t 2 funcref)
  (func $a)
  (elem (table $t) (i32.const 0) func $a))
