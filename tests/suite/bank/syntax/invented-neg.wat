(module
  (func (export "negate") (param $n i64) (result i64)
    local.get $n
    i64.neg))
