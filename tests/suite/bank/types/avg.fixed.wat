(module (func $f (param $a v128) (param $b v128) (result v128)
  (i8x16.avgr_u (local.get $a) (local.get $b))))
