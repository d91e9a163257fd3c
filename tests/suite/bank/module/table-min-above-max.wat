(module
  (table $handlers 8 2 funcref)
  (func $nop)
  (elem (table $handlers) (i32.const 0) func $nop $nop))
