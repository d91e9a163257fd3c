(module
  (memory $m 1)
  (memory $m 2)
  (func (export "size") (result i32) memory.size))
