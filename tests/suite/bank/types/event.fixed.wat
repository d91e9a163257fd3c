(module
  (tag $e (param i32)))
