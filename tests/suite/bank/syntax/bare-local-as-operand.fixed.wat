(module
  (func (export "hyp2") (param $x f64) (param $y f64) (result f64)
    (f64.add
      (f64.mul (local.get $x) (local.get $x))
      (f64.mul (local.get $y) (local.get $y)))))
