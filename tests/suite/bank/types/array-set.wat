(module
  (type $bytes (array (mut f32)))
  (func $set (param $a (ref $bytes)) (param $i i32) (param $x f32)
    (array.set $bytes (local.get $a) (local.get $x) (local.get $i))))
