(module
  (func (export "blend") (param $a v128) (param $b v128) (result v128)
    (local $m v128)
    (local.set $m (f32x4.lt (local.get $a) (local.get $b)))
    local.get $a
    local.get $b
    local.get $m
    v128.bitselect))
