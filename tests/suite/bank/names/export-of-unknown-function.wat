(module
  (func $start_game (result i32) (i32.const 1))
  (export "start" (func $start_gmae))
  (memory (export "memory") 1))
