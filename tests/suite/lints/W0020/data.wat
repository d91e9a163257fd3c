(module
  (memory $m 1)
  (global $base i32 (i32.const 65530))
  (data (i32.const 0x10000) "x")
  (data (offset (global.get $base)) "1234567")
  (func $f (export "f")
    (i32.store (i32.const 0) (i32.const 1)))
)
