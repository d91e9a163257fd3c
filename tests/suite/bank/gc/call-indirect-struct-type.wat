(module
  (type $object (struct (field i32)))
  (type $method (func (param (ref $object)) (result i32)))
  (table 4 funcref)
  (func (export "send") (param $o (ref $object)) (param $m i32) (result i32)
    (call_indirect (type $object) (local.get $o) (local.get $m))))
