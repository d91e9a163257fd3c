(module
  (func (export "is") (param $r externref) (result i32)
    (ref.is_null (local.get $r))))
