(module
  (type $n (struct (field i32)))
  (func $none (param $a (ref null $n)) (result i32)
    (i32.eq (local.get $a) (ref.null $n))))
