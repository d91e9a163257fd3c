(module
  (type $entry (struct (field $key i32) (field $value i64)))
  (func (export "key") (param $e (ref $entry)) (result i32)
    (struct.get $entry $key (local.get $e))))
