(module
  (table 2 funcref)
  (func $a)
  (elem (i32.const 0) (ref.func $a)))
