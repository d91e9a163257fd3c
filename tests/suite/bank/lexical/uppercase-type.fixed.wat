(module
  (func (export "neg") (param $x f32) (result f32)
    (f32.neg (local.get $x))))
