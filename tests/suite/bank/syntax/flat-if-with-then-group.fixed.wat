(module
  (func (export "clamp") (param $x i32) (param $hi i32) (result i32)
    local.get $x
    local.get $hi
    i32.gt_s
    if (result i32)
      local.get $hi
    else
      local.get $x
    end))
