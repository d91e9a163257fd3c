(module
  (type $object (sub (struct (field $hash (mut i32)))))
  (func (export "hash") (param $o (ref $object)) (result i32)
    (struct.get $object $hash (local.get $o))))
