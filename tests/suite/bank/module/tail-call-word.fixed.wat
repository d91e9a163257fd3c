(module
  (func $g (param i32) (result i32) (local.get 0))
  (func $f (param $x i32) (result i32)
    (return_call $g (local.get $x))))
