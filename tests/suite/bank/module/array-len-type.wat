(module
  (type $b (array (mut i32)))
  (func $g (param $a (ref $b)) (result i32)
    (array.len $b (local.get $a))))
