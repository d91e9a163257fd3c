(module
  (type $op (func (param i32) (result i32)))
  (func $apply (param $f (ref $op)) (param $x i32) (result i32)
    local.get $f
    local.get $x
    call_ref $op))
