(module
  (func $g (param i64) (result i32) (i32.const 0))
  (func $f (param $x i32) (result i32)
    (return_call $g (local.get $x))))
