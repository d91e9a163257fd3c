(module
  (table $t 2 funcref)
  (func $f)
  (elem (table $t) (i32.const 0) funcref (ref.func $f) (item ref.null func)))
