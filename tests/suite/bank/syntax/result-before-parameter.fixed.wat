(module
  (func $lerp (export "lerp") (param $a f32) (param $b f32) (result f32)
    (f32.mul
      (f32.add (local.get $a) (local.get $b))
      (f32.const 0.5))))
