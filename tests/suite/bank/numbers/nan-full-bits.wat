(module
  (func $f (result f64)
    (f64.const nan:0x7ff8000000000000)))
