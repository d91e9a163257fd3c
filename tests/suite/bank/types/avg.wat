(module (func $f (param $a v128) (param $b v128) (result v128)
  (i8x16.avgr (local.get $a) (local.get $b))))
