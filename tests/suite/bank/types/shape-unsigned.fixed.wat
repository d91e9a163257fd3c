(module (func $f (param $a v128) (result i32)
  (i8x16.extract_lane_s 0 (local.get $a))))
