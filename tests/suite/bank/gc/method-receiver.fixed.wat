(module
  (rec
    (type $object (sub (struct (field $vt (ref $vt)))))
    (type $vt (struct (field $size (ref $sizer))))
    (type $sizer (func (param (ref $object)) (result i32))))
  (func (export "size") (param $o (ref null $object)) (result i32)
    (call_ref $sizer
      (ref.as_non_null (local.get $o))
      (struct.get $vt $size (struct.get $object $vt (local.get $o))))))
