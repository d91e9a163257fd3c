(module
  (func (export "f") (param $x i32)
    block $early
      local.get $x
      br_if $early
    end
    local.get $x
    br_if $early))
