(module
  (import "env" "table" (table $fns 1 funcref))
  (func $f)
  (table $own 4 funcref)
  (elem (i32.const 0) $f))
