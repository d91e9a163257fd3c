(module
  (type $p (struct (field f64) (field f64))))
