(module
  (type $buffer (struct (field $len i32)))
  (func (export "len") (param $b (ref $buffer)) (result i32)
    (local $copy (ref null $buffer))
    (local.set $copy (local.get $b))
    (struct.get $buffer $len (local.get $copy))))
