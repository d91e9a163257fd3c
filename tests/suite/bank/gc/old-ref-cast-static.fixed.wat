(module
  (type $t (struct (field i32)))
  (func (export "unwrap") (param $x anyref) (result i32)
    (struct.get $t 0
      (ref.cast (ref $t) (local.get $x)))))
