(module
  (func (export "f") (param $x i32)
    local.get $x
    if
      nop
    else
      nop
    end))
