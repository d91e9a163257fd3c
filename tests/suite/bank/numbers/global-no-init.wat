(module
  (global $g (mut i32)))
