(module
  (memory $big i64 1)
  (func (export "get") (param $p i32) (result i32)
    local.get $p
    drop
    local.get $p
    i32.load $big))
