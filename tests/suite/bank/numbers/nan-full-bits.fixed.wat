(module
  (func $f (result f64)
    (f64.const nan:0x8000000000000)))
