(module
  (type $str (array (mut i8)))
  (func $first (param $s (ref $str)) (result i32)
    (array.get_u $str (local.get $s) (i32.const 0))))
