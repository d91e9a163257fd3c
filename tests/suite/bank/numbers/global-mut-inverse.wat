(module
  (global $g (i32 mut) (i32.const 4)))
