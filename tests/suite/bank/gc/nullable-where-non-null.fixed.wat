(module
  (type $list (struct (field $head i32) (field $tail (ref null $list))))
  (func $first (param $l (ref $list)) (result i32)
    (struct.get $list $head (local.get $l)))
  (func (export "second") (param $l (ref $list)) (result i32)
    (struct.get $list $tail (local.get $l))
    ref.as_non_null
    call $first))
