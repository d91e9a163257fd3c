(module
  (func (export "mix") (param $a i32) (param $b i32) (result i32)
    local.get $a
    local.get $b
    i32.ad
    drop
    block $b1
      local.get $a
      f32.const 2
      i32.shl
      drop
    end
    local.get $b))
