(module
  (func (export "int") (param $r (ref i31)) (result i32)
    (i31.get (local.get $r))))
