(module
  (type $fn (func (result i32)))
  (table $objects 4 externref)
  (table $code 4 funcref)
  (func (export "invoke") (param $i i32) (result i32)
    (call_indirect $code (type $fn) (local.get $i))))
