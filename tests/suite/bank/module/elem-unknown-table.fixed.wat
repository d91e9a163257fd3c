(module
  (table $commands 2 funcref)
  (func $open)
  (func $close)
  (elem (table $commands) (i32.const 0) func $open $close))
