(module
  (func $helper (param i32) (result i32)
    local.get 0)
  (func $other (result i32)
    i32.const 2)
  (func $helper (result i32)
    i32.const 3)
  (export "other" (func $other)))
