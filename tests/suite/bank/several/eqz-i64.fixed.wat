(module
  (func $f (param $x i64) (result i32)
    (i64.eqz (local.get $x))))
