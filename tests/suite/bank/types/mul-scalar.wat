(module (func $f (param $a v128) (param $s f32) (result v128)
  (f32x4.mul (local.get $a) (local.get $s))))
