(module
  (type $op (func (param i32) (result i32)))
  (table 1 funcref)
  (func $f (param $i i32) (result i32)
    (call_indirect $op (i32.const 1) (local.get $i))))
