(module
  (type $op (func (param i32) (result i32)))
  (table 8 funcref)
  (func (export "apply") (param $which i64) (param $x i32) (result i32)
    local.get $x
    local.get $which
    i32.wrap_i64
    call_indirect (type $op)))
