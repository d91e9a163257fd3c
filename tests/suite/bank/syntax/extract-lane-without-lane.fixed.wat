(module
  (func (export "hsum") (param $v v128) (result f32)
    (f32.add
      (f32.add
        (f32x4.extract_lane 0 (local.get $v))
        (f32x4.extract_lane 1 (local.get $v)))
      (f32.add
        (f32x4.extract_lane 2 (local.get $v))
        (f32x4.extract_lane 3 (local.get $v))))))
