(module (func $f (param $a v128) (param $b v128) (result v128)
  (i32.add (local.get $a) (local.get $b))))
