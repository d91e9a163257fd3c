(module
  (func (export "twice") (param $x f32) (result f32)
    local.get $x
    block (param f32) (result f32)
      local.get $x
      f32.add
    end))
