(module
  (func $f (param $x i32)
    loop $l
      local.get $x
      br_if $l
    end))
