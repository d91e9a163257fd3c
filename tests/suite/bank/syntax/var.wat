(module
  (func $f (result i32)
    (var $x i32)
    (local.get $x)))
