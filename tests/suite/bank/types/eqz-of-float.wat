(module
  (func (export "is_zero") (param $x f64) (result i32)
    local.get $x
    i32.eqz))
