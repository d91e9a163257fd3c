(module
  (memory 1)
  (func $f (param $p i32) (result i64)
    (load (local.get $p))))
