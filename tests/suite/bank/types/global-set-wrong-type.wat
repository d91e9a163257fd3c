(module
  (global $time (export "time") (mut i64) (i64.const 0))
  (func (export "tick") (param $ms f64)
    local.get $ms
    i32.trunc_sat_f64_u
    global.set $time))
