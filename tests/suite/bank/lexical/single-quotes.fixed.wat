(module
  (func $half (param $x i32) (result i32)
    (i32.shr_u (local.get $x) (i32.const 1)))
  (export "half" (func $half)))
