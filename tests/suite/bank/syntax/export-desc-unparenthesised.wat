(module
  (memory $mem 2)
  (func $main (result i32) (memory.size $mem))
  (export "main" (func $main))
  (export "memory" memory $mem))
