(module
  (func $f (param $v v128) (result i32)
    (i32x4.extract_lane (local.get $v) (i32.const 1))))
