(module
  (func $f (param $n i32)
    loop $again
      local.get $n
      i32.const 1
      i32.sub
      local.set $n
    local.get $n
    br_if $again
    end
  ))
