(module
  (memory 1)
  (data (i32.const 0x_400) "table")
  (func (export "base") (result i32) (i32.const 0x400)))
