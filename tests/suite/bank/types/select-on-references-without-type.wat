(module
  (func (export "orElse") (param $a externref) (param $b externref) (result externref)
    (select (local.get $a) (local.get $b) (ref.is_null (local.get $b)))))
