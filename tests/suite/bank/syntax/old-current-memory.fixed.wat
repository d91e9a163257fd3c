(module
  (memory 1)
  (func (export "pages") (result i32)
    memory.size))
