(module
  (import "env" "__memory_base" (global $memory_base i32))
  (memory 1)
  (data (offset (i32.add (global.get $memory_base) (i32.const 0))) "abc"))
