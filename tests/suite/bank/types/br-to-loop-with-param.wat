(module
  (func (export "pow") (param $b i32) (param $n i32) (result i32)
    i32.const 1
    loop $again (param i32) (result i32)
      local.get $b
      i32.mul
      local.get $n
      i32.const 1
      i32.sub
      local.tee $n
      i32.eqz
      if (param i32) (result i32)
      else
        local.set $b
        br $again
      end
    end))
