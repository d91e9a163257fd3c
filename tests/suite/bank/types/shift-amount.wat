(module
  (func (export "shl") (param $x i64) (param $by i32) (result i64)
    local.get $x
    local.get $by
    i64.shl))
