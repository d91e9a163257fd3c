(module
  (func (export "floor") (param $x f64) (result i32)
    local.get $x
    f64.floor
    i32.trunc_sat_f64_s))
