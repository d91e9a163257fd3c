(module
  (import "env" "memory_base" (global $memory_base i32))
  (global $table_start i32 (global.get $memory_base))
  (func (export "base") (result i32)
    (global.get $table_start)))
