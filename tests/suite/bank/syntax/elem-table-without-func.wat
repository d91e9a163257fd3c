(module
  (type $op (func (param i32 i32) (result i32)))
  (table $ops 4 funcref)
  (table $cbs 4 funcref)
  (elem (table $cbs) (i32.const 0) $add $sub)
  (func $add (type $op) (i32.add (local.get 0) (local.get 1)))
  (func $sub (type $op) (i32.sub (local.get 0) (local.get 1)))
  (func (export "do") (param $i i32) (result i32)
    (call_indirect $cbs (type $op) (i32.const 5) (i32.const 3) (local.get $i))))
