(module
  (func $is_even (export "is_even") (param $n i32) (result i32)
    (call $is_odd (i32.sub (local.get $n) (i32.const 1))))
  (func $is_odd (export "is_odd") (param $n i32) (result i32)
    (i32.eqz (call $is_even (local.get $n))))
  (func $a (export "a") (call $b))
  (func $b (export "b") (call $c))
  (func $c (export "c") (call $a)))
