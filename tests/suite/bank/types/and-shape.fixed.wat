(module (func $f (param $a v128) (param $b v128) (result v128)
  (v128.and (local.get $a) (local.get $b))))
