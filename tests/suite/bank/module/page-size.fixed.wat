(module
  (memory $tiny 0 4096 (pagesize 1))
  (func (export "len") (result i32)
    memory.size $tiny))
