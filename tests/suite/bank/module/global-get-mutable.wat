(module
  (global $base (mut i32) (i32.const 65536))
  (global $limit i32 (global.get $base))
  (export "limit" (global $limit)))
