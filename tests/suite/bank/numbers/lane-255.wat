(module
  (func (export "lane") (param $v v128) (result i32)
    (i32x4.extract_lane 256 (local.get $v))))
