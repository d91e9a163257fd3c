(module
  (tag $boom (param i32))
  (func $risky (param i32)
    (throw $boom (local.get 0)))
  (func (export "safe") (param $x i32) (result i32)
    block $caught (result i32)
    try_table (catch $boom $caught)
      local.get $x
      call $risky
    end
      i32.const 0
    end))
