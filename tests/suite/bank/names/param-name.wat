(module
  (func $f (param x f32) (result f32)
    (f32.mul (local.get $x) (local.get $x))))
