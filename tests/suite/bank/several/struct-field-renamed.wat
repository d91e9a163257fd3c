(module
  (type $p (struct (field $x_pos f64) (field $y_pos f64)))
  (func $gx (param $p (ref $p)) (result f64) (struct.get $p $x (local.get $p)))
  (func $hx (param $p (ref $p)) (result f64) (struct.get $p $x (local.get $p))))
