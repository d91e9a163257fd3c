(module
  (func (export "f") (param $x i32) (result i32)
    block (result i32)
      local.get $x
    else
      i32.const 0
    end))
