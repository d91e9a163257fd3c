(module
  (func $f (param $n i32)
    local.get $n
    if
      local.get $n
      if
        nop
    else
      nop
    end))
