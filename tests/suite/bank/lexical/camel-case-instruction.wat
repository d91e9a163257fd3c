(module
  (func (export "is") (param $r externref) (result i32)
    (ref.isNull (local.get $r))))
