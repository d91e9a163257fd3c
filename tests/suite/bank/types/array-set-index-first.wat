(module
  (type $ints (array (mut i64)))
  (func $set (param $a (ref $ints)) (param $i i32) (param $x i64)
    (array.set $ints (local.get $i) (local.get $a) (local.get $x))))
