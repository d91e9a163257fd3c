(module
  (func $one (param i32) (result i32) (local.get 0))
  (func $f (result i32)
    (call $one (i32.const 1) )))
