(module
  (table $first 1 funcref)
  (table $second 1 funcref)
  (func $f)
  (elem $second (i32.const 0) $f)
  (func $g (export "g")
    (call_indirect $first (i32.const 0))
    (call_indirect $second (i32.const 0)))
)
