(module
  (func (export "w") (param $v v128) (result f32)
    (f32x4.extract_lane 3 (local.get $v)))
  (func (export "x") (param $v v128) (result f32)
    (f32x4.extract_lane 0 (local.get $v))))
