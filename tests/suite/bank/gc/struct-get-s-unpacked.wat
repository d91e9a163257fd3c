(module
  (type $counter (struct (field $n (mut i32))))
  (func $value (export "value") (param $c (ref $counter)) (result i32)
    (struct.get_u $counter $n (local.get $c))))
