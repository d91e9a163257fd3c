(module
  (func $area (param $r f64) (result f64)
    (f64.mul (f32.mul (local.get $r) (local.get $r)) (f64.const 3.14))))
