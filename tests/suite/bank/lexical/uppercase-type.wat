(module
  (func (export "neg") (param $x F32) (result f32)
    (f32.neg (local.get $x))))
