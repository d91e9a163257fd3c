(module
  (func $f (param $n i32)
    loop top
      local.get $n
      br_if $top
    end))
