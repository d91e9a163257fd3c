(module
  (func (export "f") (param $handle i32)
    block $null
      local.get $handle
      br_on_null $null
      drop
    end))
