(module
  (func $f (param $a i64) (result i32)
    (i32.wrap/i64 (local.get $a))))
