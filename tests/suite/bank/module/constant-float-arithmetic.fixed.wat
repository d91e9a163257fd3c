(module
  (global $pi f64 (f64.const 3.141592653589793))
  (global $tau f64 (f64.const 6.283185307179586))
  (func (export "circumference") (param $r f64) (result f64)
    (f64.mul (global.get $tau) (local.get $r))))
