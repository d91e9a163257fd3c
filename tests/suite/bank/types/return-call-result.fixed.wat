(module
  (func $fact64 (param $n i64) (param $acc i64) (result i64)
    (if (i64.eqz (local.get $n)) (then (return (local.get $acc))))
    (return_call $fact64
      (i64.sub (local.get $n) (i64.const 1))
      (i64.mul (local.get $n) (local.get $acc))))
  (func (export "fact") (param $n i32) (result i64)
    (return_call $fact64 (i64.extend_i32_u (local.get $n)) (i64.const 1))))
