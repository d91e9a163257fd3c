(module
  (func (export "both") (param $n i32) (result i32)
    (local $acc f32)
    block $first
      local.get $n
      i32.eqz
      br_if $first
      f32.const 1
      local.set $acc
    end
    loop $again
      i32.const 2
      i32.const 3
      i32.mul
      drop
    end
    local.get $n))
