(module
  (table 8 funcref)
  (func (export "dispatch") (param $a i64) (param $i i32) (result i64)
    local.get $a
    local.get $i
    call_indirect (param i64) (result i64)))
