(module
  (func (export "square") (param $x f64) (result f64)
    // the square of the number
    (f64.mul (local.get $x) (local.get $x))))
