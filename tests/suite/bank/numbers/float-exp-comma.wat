(module
  (func $f (result f64)
    (f64.const 3,14)))
