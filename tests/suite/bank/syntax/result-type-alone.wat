(module
  (func $f (param $a i32) i32
    (local.get $a)))
