(module
  (func (export "broadcast") (param $x f32) (result v128)
    local.get $x
    i32x4.splat))
