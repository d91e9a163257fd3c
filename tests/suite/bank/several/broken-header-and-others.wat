(module
  (func $first (param $a i32) (resutl i32)
    (local.get $a))
  (func $second (param $b i32) (result i32)
    (call $first (local.get $a)))
  (func $third (result i32)
    (call $first (i32.eqz (i64.const 0))))
  (export "second" (func $second))
  (export "third" (func $third)))
