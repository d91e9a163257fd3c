(module
  (type $b (array (mut i32)))
  (func $g (param $a (ref $b)) (param $i i32) (result i32)
    (array.get $b (local.get $a) (local.get $i))))
