(module
  (func $g (param i32) (result i32) (local.get 0))
  (func $f (result i32)
    ($g (i32.const 1))))
