(module
  (type $dom (struct (field $id i32)))
  (func (export "id") (param $e externref) (result i32)
    local.get $e
    any.convert_extern
    ref.cast (ref $dom)
    struct.get $dom $id))
