(module
  (memory 1)
  (func (export "caf\e9") (result i32)
    (memory.size)))
