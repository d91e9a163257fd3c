(module
  (func $f (param $x i64) (param $n i32) (result i64)
    (i64.shl (local.get $x) (local.get $n))))
