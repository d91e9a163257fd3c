(module
  (func $now (import "env" "now") (result f64)
    (f64.const 0))
  (func (export "elapsed") (param $since f64) (result f64)
    (f64.sub (call $now) (local.get $since))))
