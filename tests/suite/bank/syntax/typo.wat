(module
  (func $f (param $a i32) (result i32)
    (i32.popcount (local.get $a))))
