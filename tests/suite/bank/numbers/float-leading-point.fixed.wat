(module
  (func (export "tenth") (param $x f64) (result f64)
    (f64.mul (local.get $x) (f64.const 0.1))))
