(module
  (memory $mem 1)
  (func $size (result i32) memory.size)
  (export "size" (func $size))
  (export "mem" (memory $mem)))
