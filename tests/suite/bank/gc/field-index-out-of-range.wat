(module
  (type $pair (struct (field i32) (field i32)))
  (func (export "second") (param $p (ref $pair)) (result i32)
    local.get $p
    struct.get $pair 2))
