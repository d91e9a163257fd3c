(module
  (type $p (struct (field $x i32)))
  (func $f (param $r (ref $p)) (result i32)
    (struct.get $x (local.get $r))))
