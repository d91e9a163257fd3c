(module
  (func $twice (param $x f64) (result f64)
    (local $y f64)
    (local.set $y (f64.mul (local.get $x) (f64.const 2)))
    (local.get $y)))
