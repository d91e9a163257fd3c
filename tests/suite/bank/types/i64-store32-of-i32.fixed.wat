(module
  (memory 1)
  (func (export "pack") (param $p i32) (param $lo i32) (param $hi i32)
    local.get $p
    local.get $lo
    i64.extend_i32_u
    i64.store32
    local.get $p
    local.get $hi
    i32.store offset=4))
