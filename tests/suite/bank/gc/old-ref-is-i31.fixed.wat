(module
  (func (export "small") (param $v anyref) (result i32)
    (ref.test (ref i31) (local.get $v))))
