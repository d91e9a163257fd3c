(module
  (func $f (param $p i32) (result i32)
    (local.get $p)))
