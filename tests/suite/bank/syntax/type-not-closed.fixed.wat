(module
  (type $point (struct (field $x f64) (field $y f64)))
  (func (export "x") (param $p (ref $point)) (result f64)
    (struct.get $point $x (local.get $p))))
