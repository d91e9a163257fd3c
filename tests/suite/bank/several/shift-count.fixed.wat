(module
  (func $f (param $x i64) (param $n i32) (result i64)
    (i64.shl (local.get $x) (i64.extend_i32_u (local.get $n)))))
