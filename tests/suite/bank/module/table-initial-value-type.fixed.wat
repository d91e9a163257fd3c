(module
  (type $f (func))
  (func $default)
  (table $t 4 funcref (ref.null func))
  (func (export "call") (param $i i32)
    (call_indirect $t (type $f) (local.get $i))))
