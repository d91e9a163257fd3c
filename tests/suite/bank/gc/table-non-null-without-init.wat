(module
  (type $fn (func (result i32)))
  (func $zero (type $fn) i32.const 0)
  (elem declare func $zero)
  (table $dispatch 8 (ref $fn))
  (func (export "run") (param $i i32) (result i32)
    (call_indirect $dispatch (type $fn) (local.get $i))))
