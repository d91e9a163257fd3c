(module
  (memory (export "memory") 1)
  # bump pointer
  (global $top (mut i32) (i32.const 1024)))
