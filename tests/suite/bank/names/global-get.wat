(module
  (global $counter (mut i32) (i32.const 0))
  (func $next (result i32)
    (global.get counter)))
