(module
  (global $g (mut i32) (i32.const 0))
  (func $f (param $a i32)
    local.get $a
      i32.const 3
      i32.gt_s
    if
      i32.const 1
      global.set $g
    end))
