(module
  (memory $m (export "memory") 1 65536)
  (func (export "size") (result i32)
    memory.size $m))
