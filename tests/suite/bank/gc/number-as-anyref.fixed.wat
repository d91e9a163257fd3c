(module
  (func $use (param anyref))
  (func $f (param $x i32)
    (call $use (ref.i31 (local.get $x)))))
