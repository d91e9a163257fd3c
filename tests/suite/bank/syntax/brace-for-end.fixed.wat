(module
  (func $f (param $n i32)
    block $b
      local.get $n
      br_if $b
    end
  ))
