(module
  (type $unary (func (param i32) (result i32)))
  (type $binary (func (param i32 i32) (result i32)))
  (func (export "apply") (param $f (ref $binary)) (param $x i32) (result i32)
    local.get $x
    local.get $f
    call_ref $unary))
