(module
  (type $circle (struct (field $radius f64)))
  (type $square (struct (field $side f64)))
  (func (export "size") (param $c (ref $circle)) (result f64)
    local.get $c
    struct.get $circle $side))
