(module
  (memory $mem 1)
  (export "memory" (memory $mem))
  (func (export "size") (result i32) memory.size $mem))
