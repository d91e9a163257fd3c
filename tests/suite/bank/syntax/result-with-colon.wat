(module
  (func $f (param $a i32) (result: i32)
    (local.get $a)))
