(module
  (type $n (struct (field i32)))
  (func $none (param $a (ref null $n)) (result i32)
    (ref.is_null (local.get $a))))
