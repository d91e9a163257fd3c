(module
  (type $Obj (struct))
  (func (export "isObj") (param $x externref) (result i32)
    (ref.test (ref $Obj) (any.convert_extern (local.get $x)))))
