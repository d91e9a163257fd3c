(module
  (func $f (param $a i32) (result i32)
    (ret (local.get $a))))
