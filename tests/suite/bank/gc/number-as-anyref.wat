(module
  (func $use (param anyref))
  (func $f (param $x i32)
    (call $use (local.get $x))))
