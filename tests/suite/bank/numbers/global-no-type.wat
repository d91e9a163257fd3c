(module
  (global $g (i32.const 4)))
