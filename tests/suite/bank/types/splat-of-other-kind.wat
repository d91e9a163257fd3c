(module
  (func (export "bias") (param $v v128) (param $b f32) (result v128)
    (f32x4.add (local.get $v)
      (i32x4.splat (local.get $b)))))
