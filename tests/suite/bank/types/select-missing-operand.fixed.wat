(module
  (func (export "or_zero") (param $x f32) (param $c i32) (result f32)
    local.get $x
    f32.const 0
    local.get $c
    select))
