(module
  (table 2 funcref)
  (func $alpha)
  (elem (i32.const 0) $alpha $alpa))
