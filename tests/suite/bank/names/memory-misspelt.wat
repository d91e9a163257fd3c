(module
  (memory $scratch 1)
  (memory $heap 2)
  (func (export "read") (param $p i32) (result i32)
    local.get $p
    i32.load $haep offset=8))
