(module
  (type $op (func (param i32) (result i32)))
  (table $ops 2 funcref)
  (elem (table $ops) (i32.const 0) func $inc $dec)
  (func $inc (type $op) (i32.add (local.get 0) (i32.const 1)))
  (func $dec (type $op) (i32.sub (local.get 0) (i32.const 1)))
  (func (export "apply") (param $n i64) (result i32)
    (call_indirect $ops (type $op) (i32.wrap_i64 (local.get $n)) (i32.const 0))))
