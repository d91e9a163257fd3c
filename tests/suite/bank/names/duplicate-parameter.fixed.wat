(module
  (func (export "dist") (param $x f32) (param $y f32) (param $z f32) (result f32)
    (f32.sub (local.get $y) (local.get 0))))
