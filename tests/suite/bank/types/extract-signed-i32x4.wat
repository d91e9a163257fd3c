(module (func $f (param $a v128) (result i32)
  (i32x4.extract_lane_u 0 (local.get $a))))
