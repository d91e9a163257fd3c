(module
  (type $ints (array (mut i64)))
  (func $get (param $a (ref $ints)) (param $i i32) (result i64)
    (array.get $ints (local.get $i) (local.get $a))))
