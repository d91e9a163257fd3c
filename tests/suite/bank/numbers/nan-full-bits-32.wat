(module
  (func $f (result f32)
    (f32.const nan:0x7fc00000)))
