(module
  (func (export "pick") (param $a f32) (param $b f32) (param $c i32) (result f32)
    local.get $a
    local.get $b
    local.get $c
    select (result f32)))
