(module
  (global $limit i32 (i32.const 10))
  (func $get (result i32) (global.get $limit))
  (export "limit" (global $limit))
  (export "get" (func $get)))
