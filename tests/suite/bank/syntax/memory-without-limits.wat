(module
  (memory $m)
  (func (export "size") (result i32)
    memory.size))
