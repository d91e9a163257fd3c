(module
  (rec
    (type $chicken (struct (field $from (ref $egg))))
    (type $egg (struct (field $of (ref $chicken)))))
  (func $f (export "f") (param $c (ref null $chicken)) (result i32)
    (ref.is_null (local.get $c)))
)
