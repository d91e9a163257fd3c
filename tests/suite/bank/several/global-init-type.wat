(module
  (global $a i64 (i32.const 5)))
