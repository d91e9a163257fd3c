(module
  (func (export "bias") (param $v v128) (result v128)
    (i8x16.add_sat_s (local.get $v)
      (v128.const i8x16 0 1 127 255 -128 -129 0 0 0 0 0 0 0 0 0 0))))
