(module
  (table 2 funcref)
  (func $f) (func $g)
  (elem (i32.const 0) $f $g)
  (export "table" (table 0)))
