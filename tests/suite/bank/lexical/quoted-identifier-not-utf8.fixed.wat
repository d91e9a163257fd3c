(module
  (func $"caf\c3\a9" (export "coffee") (result i32)
    (i32.const 1)))
