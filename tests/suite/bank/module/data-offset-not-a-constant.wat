(module
  (import "env" "memory" (memory 1))
  (import "env" "__memory_base" (global $base (mut i32)))
  (data (i32.add (global.get $base) (i32.const 16)) "\2a\00\00\00")
  (func (export "answer") (result i32)
    (i32.load offset=16 (global.get $base))))
