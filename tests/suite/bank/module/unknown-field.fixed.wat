(module
  (type $p (struct (field $width i32) (field $height i32)))
  (func $f (param $r (ref $p)) (result i32)
    (struct.get $p $height (local.get $r))))
