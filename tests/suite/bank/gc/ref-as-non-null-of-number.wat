(module
  (func (export "f") (param $p i32) (result (ref extern))
    local.get $p
    ref.as_non_null))
