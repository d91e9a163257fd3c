(module
  (func (export "f") (param $handle externref)
    block $null
      local.get $handle
      br_on_null $null
      drop
    end))
