(module
  (func (export "f") (param $x i32) (result i32)
    local.get $x
    block $inner (param i32) (result i32)
      i32.const 10
      i32.add
    end))
