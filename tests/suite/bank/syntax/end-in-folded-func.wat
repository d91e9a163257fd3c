(module
  (func $f (param $x i32) (result i32)
    local.get $x
    i32.const 1
    i32.add
  end)
  (export "f" (func $f)))
