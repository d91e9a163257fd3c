(module
  (func $f (param $v v128) (param $x f32) (result v128)
    (f32x4.replace_lane 2 (local.get $x) (local.get $v))))
