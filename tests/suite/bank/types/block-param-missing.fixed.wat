(module
  (func (export "clamp") (param $x i32) (result i32)
    local.get $x
    block $done (param i32) (result i32)
      i32.const 255
      i32.and
    end))
