(module
  (func $go (result i32) i32.const 1)
  (export "go" (func $go)))
