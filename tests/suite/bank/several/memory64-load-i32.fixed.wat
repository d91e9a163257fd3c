(module
  (memory i64 1)
  (func $f (param $p i32) (result i32)
    (i32.load (i64.extend_i32_u (local.get $p)))))
