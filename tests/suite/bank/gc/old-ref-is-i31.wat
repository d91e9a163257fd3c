(module
  (func (export "small") (param $v anyref) (result i32)
    (ref.is_i31 (local.get $v))))
