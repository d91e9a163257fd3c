(module
  (func (export "first") (param $v v128) (result f64)
    (f32x4.extract_lane 0 (local.get $v))))
