(module
  (type $node (struct (field $value i32)))
  (type $list (array (ref null $node)))
  (type $node64 (struct (field $value i64)))
  (func (export "len") (param $l (ref $list)) (result i32)
    (array.len (local.get $l))))
