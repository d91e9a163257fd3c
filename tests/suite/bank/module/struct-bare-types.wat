(module
  (type $p (struct f64 f64)))
