(module
  (func $norm (param $x f32) (param $y f32) (result f32)
    (f32.sqrt
      (f32.add
        (f32.mul (local.get $x) (local.get $x))
        (f32.mull (local.get $y) (local.get $y)))))
  (func (export "unit") (result f32)
    (call $norm (f32.const 0) (f32.const 1)))
  (func (export "bad") (result f32)
    (call $norm (f64.const 0) (f32.const 1))))
