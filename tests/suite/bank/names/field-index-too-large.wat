(module
  (type $pair (struct (field i32) (field i32)))
  (func (export "third") (param $p (ref $pair)) (result i32)
    (struct.get $pair 2 (local.get $p))))
