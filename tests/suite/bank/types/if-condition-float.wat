(module
  (func $abs (export "abs") (param $x f32) (result f32)
    local.get $x
    f32.const 0
    f32.min
    if (result f32)
      local.get $x
      f32.neg
    else
      local.get $x
    end))
