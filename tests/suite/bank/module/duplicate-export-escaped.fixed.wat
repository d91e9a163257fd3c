(module
  (func $a (result i32) (i32.const 1))
  (func $b (result i32) (i32.const 2))
  (export "run" (func $a))
  (export "walk" (func $b)))
