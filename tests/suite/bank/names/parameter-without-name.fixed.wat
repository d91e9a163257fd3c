(module
  (func (export "scale") (param $x f32) (param $by f32) (result f32)
    (f32.mul (local.get $x) (local.get $by))))
