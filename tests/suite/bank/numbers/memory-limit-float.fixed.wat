(module
  (memory 1 2)
  (func (export "size") (result i32) (memory.size)))
