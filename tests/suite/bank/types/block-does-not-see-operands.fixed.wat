(module
  (func (export "madd") (param $a i32) (param $b i32) (param $c i32) (result i32)
    local.get $a
    local.get $b
    block (param i32 i32) (result i32)
      i32.mul
      local.get $c
      i32.add
    end))
