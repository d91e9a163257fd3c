(module
  (memory 1)
  (func $f (param $p i64) (result i32)
    (i32.load (i32.wrap_i64 (local.get $p)))))
