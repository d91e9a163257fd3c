(module
  (func $f (param $a i32) (result i32)
    (drop (local.get $a))))
