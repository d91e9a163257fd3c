(module
  (global $a i64 (i64.const 5)))
