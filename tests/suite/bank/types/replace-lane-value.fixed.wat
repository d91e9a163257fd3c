(module
  (func (export "set") (param $v v128) (param $x f64) (result v128)
    (f32x4.replace_lane 2
      (local.get $v)
      (f32.demote_f64 (local.get $x)))))
