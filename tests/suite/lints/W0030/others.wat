(module
  (import "env" "memory" (memory $memory 1))
  (import "env" "base" (global $base i32))
  (import "env" "table" (table $table 1 funcref))
  (func $main (export "main") (result i32) (global.get $base))
)
