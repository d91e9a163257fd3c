(module
  (memory 1)
  (func (export "load") (param $p i32) (result i64)
    (i64.load align=4 (local.get $p))))
