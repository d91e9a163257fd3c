(module
  (func $f (param $x i32)
    lop $l
      local.get $x
      br_if $l
    end))
