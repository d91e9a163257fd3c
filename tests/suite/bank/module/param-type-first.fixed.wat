(module
  (func $f (param $a i32)
    (drop (local.get $a))))
