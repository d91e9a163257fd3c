(module
  (func $f (result f32)
    (f32.const 1.5)))
