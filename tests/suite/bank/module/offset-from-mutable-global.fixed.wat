(module
  (import "env" "__memory_base" (global $base i32))
  (import "env" "memory" (memory 1))
  (data (global.get $base) "abc"))
