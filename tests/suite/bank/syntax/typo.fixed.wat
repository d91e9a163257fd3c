(module
  (func $f (param $a i32) (result i32)
    (i32.popcnt (local.get $a))))
