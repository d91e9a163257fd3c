(module
  (func $negated (export "negated") (result i32)
    (i32.div_s (i32.const 0x8000_0000) (i32.const -1)))
  (func $wide (export "wide") (result i64)
    (i64.div_s (i64.const -9223372036854775808) (i64.const -1))))
