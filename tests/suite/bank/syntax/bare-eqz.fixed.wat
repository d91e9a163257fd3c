(module
  (func $f (param $a i64) (result i32)
    (i64.eqz (local.get $a))))
