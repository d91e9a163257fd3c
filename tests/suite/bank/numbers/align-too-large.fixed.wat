(module
  (memory 1)
  (func $f (param $p i32) (result i32)
    (i32.load16_u align=2 (local.get $p))))
