(module
  (memory 1)
  (func (export "write") (param $addr i32) (param $value f64)
    local.get $addr
    local.get $value
    f64.store offset=8))
