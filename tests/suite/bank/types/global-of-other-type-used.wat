(module
  (global $gravity f32 (f32.const 9.81))
  (func (export "fall") (param $t f64) (result f64)
    (f64.mul
      (f64.const 0.5)
      (f64.mul
        (global.get $gravity)
        (f64.mul (local.get $t) (local.get $t))))))
