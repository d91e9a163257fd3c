(module
  (table 2 funcref)
  (func $f) (func $g)
  (elem 0 (i32.const 0) $f $g))
