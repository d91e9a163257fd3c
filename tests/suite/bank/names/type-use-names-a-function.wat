(module
  (type $binop (func (param i64 i64) (result i64)))
  (table funcref (elem $plus $times))
  (func $plus (type $binop) (i64.add (local.get 0) (local.get 1)))
  (func $times (type $binop) (i64.mul (local.get 0) (local.get 1)))
  (func (export "apply") (param $i i32) (param $x i64) (param $y i64) (result i64)
    (call_indirect (type $plus) (local.get $x) (local.get $y) (local.get $i))))
