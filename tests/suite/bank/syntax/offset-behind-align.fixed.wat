(module
  (memory 1)
  (func (export "get") (param $p i32) (result i64)
    (i64.load offset=8 align=4 (local.get $p))))
