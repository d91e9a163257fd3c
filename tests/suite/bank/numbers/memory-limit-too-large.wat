(module
  (memory 4294967296)
  (func (export "size") (result i32) (memory.size)))
