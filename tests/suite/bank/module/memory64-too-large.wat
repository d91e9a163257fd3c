(module
  (memory i64 1 0x1_0000_0000_0001)
  (func (export "pages") (result i64) memory.size))
