(module
  (func (export "lane") (param $v v128) (result f64)
    local.get $v
    f64x2.extract_lane 1))
