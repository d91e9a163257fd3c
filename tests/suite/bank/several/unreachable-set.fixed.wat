(module
  (func $f
    (local $x i32)
    (return)
    (local.set $x (i32.const 0))))
