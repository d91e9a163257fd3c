(module (memory 1) (func $f (param $p i32) (result v128)
  (v128.load (local.get $p))))
