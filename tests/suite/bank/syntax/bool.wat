(module
  (func $f (param $p i32) (result bool)
    (i32.eqz (local.get $p))))
