(module
  (func $f (param $x i32) -> i32
    (local.get $x)))
