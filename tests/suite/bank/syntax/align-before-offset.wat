(module
  (memory 1)
  (func (export "copy_field") (param $dst i32) (param $src i32)
    local.get $dst
    local.get $src
    i64.load align=4 offset=16
    i64.store offset=16 align=4))
