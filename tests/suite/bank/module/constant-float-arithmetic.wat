(module
  (global $pi f64 (f64.const 3.141592653589793))
  (global $tau f64 (f64.mul (f64.const 2) (global.get $pi)))
  (func (export "circumference") (param $r f64) (result f64)
    (f64.mul (global.get $tau) (local.get $r))))
