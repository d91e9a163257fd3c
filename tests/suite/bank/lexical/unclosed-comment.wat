(module
  (func $add (export "add") (param i32 i32) (result i32)
    local.get 0
    local.get 1
    (; the sum
    i32.add)
  (func $one (result i32)
    i32.const 1))
