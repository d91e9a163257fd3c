(module
  (func (export "halve") (param $v v128) (result v128)
    (i32x4.shr_s (local.get $v) (i32.const 1))))
