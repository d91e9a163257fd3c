(module
  (memory (export "memory") 1)
  (func $nop)
  (data (i32.const 16) "hello, world))