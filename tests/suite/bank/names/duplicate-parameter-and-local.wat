(module
  (func (export "clampPositive") (param $value f32) (result f32)
    (local $value f32)
    (f32.max (local.get $value) (local.get $value))))
