(module
  (func $f (result i32)
    (local $i i32)
    (local.set $i (i32.const 1))
    (local.get $i)))
