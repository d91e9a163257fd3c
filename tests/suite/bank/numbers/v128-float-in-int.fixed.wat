(module
  (func $f (result v128)
    (v128.const f32x4 1.0 2.0 3.0 4.0)))
