(module
  (func (export "f") (param $p externref) (result (ref extern))
    local.get $p
    ref.as_non_null))
