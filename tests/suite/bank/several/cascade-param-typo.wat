(module
  (func $f (parm $x i32) (result i32)
    (local.get $x)))
