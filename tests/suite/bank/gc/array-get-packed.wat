(module
  (type $bytes (array (mut i8)))
  (func $at (export "at") (param $s (ref $bytes)) (param $i i32) (result i32)
    (array.get $bytes (local.get $s) (local.get $i))))
