(module
  (func (export "halve") (param $v v128) (result v128)
    (i32x4.shr_s (local.get $v) (v128.const i32x4 1 1 1 1))))
