(module
  (memory $m (export "memory") 1 65537)
  (func (export "size") (result i32)
    memory.size $m))
