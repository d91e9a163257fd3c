(module
  (func $f (param $x i32)
    (local $i i32)
    (drop (local.get $x))
    (local.set $i (local.get $x))))
