(module
  (tag $overflow (param i32))
  (func $check (export "check") (param $x i32) (result i32)
    local.get $x
    i32.const 1000
    i32.gt_u
    if
      throw $overflow
    end
    local.get $x))
