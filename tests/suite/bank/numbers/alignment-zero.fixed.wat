(module
  (memory 1)
  (func (export "load") (param $p i32) (result i32)
    local.get $p
    i32.load offset=8 align=1))
