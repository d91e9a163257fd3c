(module
  (func $f (param $v v128) (param $n i32) (result v128)
    (i32x4.shl (local.get $n) (local.get $v))))
