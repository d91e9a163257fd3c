(module
  (tag $boom (param i32))
  (func $risky (param i32)
    (throw $boom (local.get 0)))
  (func (export "safe") (param $x i32) (result i32)
    try_table (result i32)
      local.get $x
      call $risky
    catch $boom
      i32.const 0
    end))
