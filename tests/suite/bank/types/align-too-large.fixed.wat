(module
  (memory 1)
  (func (export "u16") (param $p i32) (result i32)
    local.get $p
    i32.load16_u offset=2 align=2))
