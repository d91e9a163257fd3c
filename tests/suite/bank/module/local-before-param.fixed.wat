(module
  (func $f (param $x i32) (local $i i32)
    (local.set $i (local.get $x))))
