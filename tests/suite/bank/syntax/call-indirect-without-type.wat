(module
  (type $op (func (param i32) (result i32)))
  (table 4 funcref)
  (func (export "apply") (param $x i32) (result i32)
    (call_indirect $op (local.get $x) (i32.const 0))))
