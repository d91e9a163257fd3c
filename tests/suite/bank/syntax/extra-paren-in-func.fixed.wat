(module
  (func $a (param $x i32) (result i32)
    (i32.mul (local.get $x) (i32.const 2)))
  (func $b (result i32)
    (i32.const 3))
  (export "b" (func $b)))
