(module
  (import "env" "table" (table $fns 1 funcref))
  (func $f)
  (table $fns 4 funcref)
  (elem (i32.const 0) $f))
