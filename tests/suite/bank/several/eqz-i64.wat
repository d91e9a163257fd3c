(module
  (func $f (param $x i64) (result i32)
    (i32.eqz (local.get $x))))
