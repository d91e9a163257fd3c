(module
  (type $pixel (struct (field $r (mut i8)) (field $g (mut i8)) (field $b (mut i8))))
  (func $green (export "green") (param $p (ref $pixel)) (result i32)
    local.get $p
    struct.get $pixel $g))
