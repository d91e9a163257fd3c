(module
  (memory $m 1)
  (memory $n 2)
  (func (export "size") (result i32) memory.size))
