(module
  (memory $tiny 0 4096 (pagesize 2))
  (func (export "len") (result i32)
    memory.size $tiny))
