(module
  (type $p (struct (field $x (mut i32))))
  (func $f (param $p (ref $p)) (param $v i32)
    (struct.set $p $x (local.get $v) (local.get $p))))
