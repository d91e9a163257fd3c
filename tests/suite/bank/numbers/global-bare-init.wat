(module
  (global $g i32 4))
