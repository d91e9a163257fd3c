(module
  (type $list (struct (field $head i32) (field $tail (ref $list))))
  (func $f (export "f") (param $l (ref null $list)) (result i32)
    (ref.is_null (local.get $l)))
)
