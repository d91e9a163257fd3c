(module
  (type $unary (func (param i32) (result i32)))
  (table $ops 4 funcref)
  (func $run (param $op i32) (param $v i32) (result i32)
    (call_indirect $ops (type $unary) (local.get $v) (local.get $op)))
  (func $apply (param $f (ref $unary)) (param $v i32) (result i32)
    (call_ref $unary (local.get $v) (local.get $f))))
