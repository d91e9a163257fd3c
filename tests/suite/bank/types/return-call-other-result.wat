(module
  (func $even (export "even") (param $n i64) (result i32)
    (if (i64.eqz (local.get $n)) (then (return (i32.const 1))))
    (return_call $odd64 (i64.sub (local.get $n) (i64.const 1))))
  (func $odd (export "odd") (param $n i64) (result i32)
    (if (i64.eqz (local.get $n)) (then (return (i32.const 0))))
    (return_call $even (i64.sub (local.get $n) (i64.const 1))))
  (func $odd64 (export "odd64") (param $n i64) (result i64)
    (i64.extend_i32_u (call $odd (local.get $n)))))
