(module
  (func $f (result i32)
    (local $x i32)
    (local.set $x (i32.const 1))
    (local.get $x)))
