(module
  (func $none (param $a externref) (result i32)
    (ref.is_null (local.get $a))))
