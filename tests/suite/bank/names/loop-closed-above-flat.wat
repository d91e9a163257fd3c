(module
  (func $f (param $n i32)
    loop $again
      local.get $n
      i32.const 1
      i32.sub
      local.set $n
    end
    local.get $n
    br_if $again
  ))
