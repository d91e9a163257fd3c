(module
  (memory (export "memory") i64 1 16)
  (func (export "peek") (param $p i64) (result i32)
    (i32.load8_u (local.get $p))))
