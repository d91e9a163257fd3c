(module
  (func $f (param $a i32) (result i64)
    (i64.extend_i32 (local.get $a))))
