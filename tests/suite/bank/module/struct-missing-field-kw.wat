(module
  (type $p (struct (x f64) (field $y f64))))
