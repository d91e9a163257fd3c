(module
  (func $f (param $v v128) (result i32)
    (i32x4.extract_lane 1 (local.get $v))))
