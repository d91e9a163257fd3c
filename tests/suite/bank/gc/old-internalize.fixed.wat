(module
  (func (export "wrap") (param $e externref) (result anyref)
    local.get $e
    any.convert_extern))
