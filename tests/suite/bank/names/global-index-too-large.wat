(module
  (global i32 (i32.const 1))
  (global i32 (i32.const 2))
  (func (export "third") (result i32)
    (global.get 2)))
