(module
  (table 2 funcref)
  (func $f) (func $g)
  (elem (table 0) (i32.const 0) func $f $g))
