(module
  (func $f (result i64)
    (i64.const 100)))
