(module
  (type $p (struct (field $x f64) (field $y f64))))
