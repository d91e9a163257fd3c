(module
  (func (export "int") (param $r (ref i31)) (result i32)
    (i31.get_s (local.get $r))))
