(module
  (type $a (array i32))
  (func $z (param $a (ref $a))
    (array.set $a (local.get $a) (i32.const 0) (i32.const 1))))
