(module
  (type $binary_op (func (param i32 i32) (result i32)))
  (table 2 funcref)
  (func (export "apply") (param $i i32) (result i32)
    (call_indirect (type $binop)
      (i32.const 1) (i32.const 2) (local.get $i))))
