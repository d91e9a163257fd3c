(module
  (func $f (local $i i32) (param $x i32)
    (local.set $i (local.get $x))))
