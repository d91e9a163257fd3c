(module
  (func $f (result i32)
    (local $x i32)
    (local.get $x)))
