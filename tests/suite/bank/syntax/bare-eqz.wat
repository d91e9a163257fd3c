(module
  (func $f (param $a i64) (result i32)
    (eqz (local.get $a))))
