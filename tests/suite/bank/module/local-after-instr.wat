(module
  (func $f (param $x i32)
    (drop (local.get $x))
    (local $i i32)
    (local.set $i (local.get $x))))
