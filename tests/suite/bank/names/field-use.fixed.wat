(module
  (type $p (struct (field $x f64) (field $y f64)))
  (func $f (param $p (ref $p)) (result f64) (struct.get $p $x (local.get $p))))
