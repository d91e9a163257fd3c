(module
  (global $bytes i32 (i32.mul (global.get $pages) (i32.const 65536)))
  (global $pages i32 (i32.const 16))
  (export "bytes" (global $bytes)))
