(module
  (memory 1 1 shared)
  (func (export "read") (param $p i32) (result i64)
    (i64.atomic.load align=4 (local.get $p))))
