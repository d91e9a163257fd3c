(module
  (func $first (export "first") (result i32)
    i32.const 1)
  (func $second (export "second") (result i32)
    i32.const 2))
