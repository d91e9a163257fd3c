(module
  (import "env" "rand" (func $rand (result f64)))
  (func (export "dice") (result i32)
    (local $r i32)
    (local.set $r (i32.trunc_f64_s (call $rand)))
    (local.set $r (i32.rem_u (local.get $r) (i32.const 6)))
    (local.get $r))
  (func (export "coin") (result i32)
    (i32.and (i32.trunc_f64_s (call $rand)) (i32.const 1))))
