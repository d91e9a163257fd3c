(module
  (func (export "mean") (param $x f64) (param $y f64) (result f64)
    (local $total f64)
    (local.set $total (f64.add (local.get $x) (local.get $y)))
    (f64.div (local.get $total) (f64.const 2))))
