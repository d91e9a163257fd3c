(module
  (memory 1)
  (func $f (param $p i32) (result i32)
    (i8.load (local.get $p))))
