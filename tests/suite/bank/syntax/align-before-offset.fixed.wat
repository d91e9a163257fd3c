(module
  (memory 1)
  (func (export "copy_field") (param $dst i32) (param $src i32)
    local.get $dst
    local.get $src
    i64.load offset=16 align=4
    i64.store offset=16 align=4))
