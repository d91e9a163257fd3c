(module
  (memory 65536)
  (func (export "size") (result i32) (memory.size)))
