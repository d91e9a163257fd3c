(module (memory 1) (func $f (param $p i32) (result v128)
  (i32x4.load (local.get $p))))
