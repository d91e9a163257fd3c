(module
  (type $op (func (param i32 i32) (result i32)))
  (table $ops 2 funcref)
  (func (export "apply") (param $f i32) (param $a i32) (param $b i32) (result i32)
    local.get $a
    local.get $b
    local.get $f
    call_indirect $ops $op))
