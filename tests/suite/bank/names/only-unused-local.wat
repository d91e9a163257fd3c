(module
  (func (export "mean") (param $x f64) (param $y f64) (result f64)
    (local $total f64)
    (local.set $sum (f64.add (local.get $x) (local.get $y)))
    (f64.div (local.get $sum) (f64.const 2))))
