(module
  (type $base (sub (struct (field i32))))
  (type $child (extends $base) (struct (field i32) (field f32)))
  (func (export "get") (param $c (ref $child)) (result f32)
    (struct.get $child 1 (local.get $c))))
