(module
  (global $rate (mut f64) (f64.const 1.2.3))
  (func (export "rate") (result f64)
    (global.get $rate))
  (func (export "set") (param $r f32)
    (global.set $rate (local.get $r))))
