(module
  (memory 1)
  (func (export "read") (param $p i32) (result f64)
    (local $tmp f64)
    local.get $p
    f32.load
    local.tee $tmp
    local.get $tmp
    f64.mul))
