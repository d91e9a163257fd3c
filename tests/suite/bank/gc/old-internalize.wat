(module
  (func (export "wrap") (param $e externref) (result anyref)
    local.get $e
    extern.internalize))
