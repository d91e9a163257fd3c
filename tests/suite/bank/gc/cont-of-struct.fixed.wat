(module
  (type $s (struct (field i32)))
  (type $f (func))
  (type $k (cont $f))
  (func (export "run") (param $k (ref $k))
    (resume $k (local.get $k))))
