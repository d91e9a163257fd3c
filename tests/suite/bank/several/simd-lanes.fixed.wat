(module
  (func (export "lanes") (param $v v128) (result i32)
    (i32.add
      (i8x16.extract_lane_s 15 (local.get $v))
      (i32x4.extract_lane 3 (local.get $v))))
  (func (export "mix") (param $v v128) (param $x f32) (result v128)
    (f64x2.replace_lane 0 (local.get $v) (f64.promote_f32 (local.get $x)))))
