(module
  (type $cell (struct (field $v (mut i64))))
  (func $set (param $c (ref $cell)) (param $x i64)
    (struct.set $cell $v (local.get $c) (local.get $x))))
