(module
  (type $a (array (mut i32)))
  (func $f (param $arr (ref $a)) (result i32)
    (array.get $a (local.get $arr) [0])))
