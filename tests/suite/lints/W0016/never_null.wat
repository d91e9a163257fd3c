(module
  (type $point (struct (field $x (mut i32))))
  (func $x (export "x") (param $p (ref $point)) (result i32)
    (struct.get $point $x (ref.as_non_null (local.get $p)))))
