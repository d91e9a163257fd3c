(module
  (func (export "sign") (param $n i32) (result i32)
    local.get $n
    i32.eqz
    if (result i32)
      i32.const 0
    else
      local.get $n
      i32.const 0
      i32.lt_s
      if (result i32)
      i32.const -1
    else
      i32.const 1
    end
    end))
