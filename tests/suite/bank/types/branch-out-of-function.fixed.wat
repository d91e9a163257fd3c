(module
  (func (export "early") (param $x i64) (result i64)
    block $b
      local.get $x
      i64.eqz
      i32.eqz
      br_if $b
      i64.const 0
      br 1
    end
    local.get $x))
