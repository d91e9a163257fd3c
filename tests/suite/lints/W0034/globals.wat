(module
  (global $counter (mut i32) (i32.const 0))
  (global $base i32 (i32.const 8))
  (global $end i32 (global.get $base))
  (table $t 1 funcref)
  (memory $m 1)
  (tag $e)
  (func $main (export "main") (result i32) (global.get $end))
)
