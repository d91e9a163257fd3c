(module
  (memory 1)
  (func $load (export "load") (param $p i32) (result i32)
    (i32.load (local.get $p))))
