(module
  (memory 1)
  (func (export "caf\c3\a9") (result i32)
    (memory.size)))
