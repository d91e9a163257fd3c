(module
  (table $handlers 2 8 funcref)
  (func $nop)
  (elem (table $handlers) (i32.const 0) func $nop $nop))
