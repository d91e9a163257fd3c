(module
  (event $e (param i32)))
