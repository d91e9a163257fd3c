(module
  (func $f (param $a f32) (param $b f32) (result f32)
    (f32.div (local.get $a) (local.get $b))))
