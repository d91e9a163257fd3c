(module
  (func $f (param $x i32) (return i32)
    (local.get $x)))
