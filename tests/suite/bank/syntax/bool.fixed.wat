(module
  (func $f (param $p i32) (result i32)
    (i32.eqz (local.get $p))))
