(module
  (func $f
    (local $x i32)
    (return)
    (local.set $x (i64.const 0))))
