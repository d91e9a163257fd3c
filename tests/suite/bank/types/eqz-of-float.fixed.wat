(module
  (func (export "is_zero") (param $x f64) (result i32)
    local.get $x
    f64.const 0
    f64.eq))
