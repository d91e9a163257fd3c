(module
  (func (export "f") (param $x i32)
    block
      local.get $x
      br_if 0
      unreachable
    end $done))
