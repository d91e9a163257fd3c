(module
  (type $fn (func (result i32)))
  (table $callbacks 8 funcref)
  (func (export "run") (param $i i32) (result i32)
    (call_indirect $callbacks (type $fn) (local.get $i))))
