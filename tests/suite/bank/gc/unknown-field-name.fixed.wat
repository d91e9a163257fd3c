(module
  (type $circle (struct (field $radius f64) (field $filled i32)))
  (func (export "area") (param $c (ref $circle)) (result f64)
    (f64.mul
      (struct.get $circle $radius (local.get $c))
      (struct.get $circle $radius (local.get $c)))))
