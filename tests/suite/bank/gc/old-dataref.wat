(module
  (func (export "is_struct") (param $v dataref) (result i32)
    (ref.test (ref struct) (local.get $v))))
