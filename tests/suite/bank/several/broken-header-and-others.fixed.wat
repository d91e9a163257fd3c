(module
  (func $first (param $a i32) (result i32)
    (local.get $a))
  (func $second (param $b i32) (result i32)
    (call $first (local.get $b)))
  (func $third (result i32)
    (call $first (i32.eqz (i32.const 0))))
  (export "second" (func $second))
  (export "third" (func $third)))
