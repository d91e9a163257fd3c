(module
  (func (export "broadcast") (param $x f32) (result v128)
    local.get $x
    f32x4.splat))
