(module
  (func $f (param $x i32) (result void)
    (drop (local.get $x))))
