(module
  (func (export "widen") (param $x i32) (result i64)
    local.get $x
    i64.extend32_s))
