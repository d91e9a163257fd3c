(module (memory 1) (func $f (param $p i32) (param $v v128) (result v128)
  (v128.load32_lane 0 (local.get $v) (local.get $p))))
