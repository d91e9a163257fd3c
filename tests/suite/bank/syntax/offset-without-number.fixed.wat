(module
  (memory 1)
  (func (export "second") (param $p i32) (result i32)
    local.get $p
    i32.load offset=4))
