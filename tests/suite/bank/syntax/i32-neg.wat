(module
  (func $f (param $a i32) (result i32)
    (i32.neg (local.get $a))))
