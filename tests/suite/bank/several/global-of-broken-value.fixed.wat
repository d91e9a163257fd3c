(module
  (global $rate (mut f64) (f64.const 1.23))
  (func (export "rate") (result f64)
    (global.get $rate))
  (func (export "set") (param $r f32)
    (global.set $rate (f64.promote_f32 (local.get $r)))))
