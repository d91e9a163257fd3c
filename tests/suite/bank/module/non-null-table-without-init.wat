(module
  (type $op (func (param i32) (result i32)))
  (func $nop (type $op) (local.get 0))
  (table $ops 4 (ref $op))
  (elem (i32.const 1) (ref $op) (ref.func $nop))
  (func (export "apply") (param $i i32) (param $x i32) (result i32)
    (call_ref $op (local.get $x) (table.get $ops (local.get $i)))))
