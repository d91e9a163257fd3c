(module
  (memory 1)
  (func (export "get") (param $p i32) (result i64)
    (i64.load align=4 offset=8 (local.get $p))))
