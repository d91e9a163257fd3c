(module
  (func (export "homogeneous") (param $xyz v128) (result v128)
    (f32x4.mul
      (local.get $xyz)
      (v128.const f32x4 1.0 1.0 1.0 1.0))))
