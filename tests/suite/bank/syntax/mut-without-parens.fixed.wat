(module
  (global $tick (export "tick") (mut i64) (i64.const 0)))
