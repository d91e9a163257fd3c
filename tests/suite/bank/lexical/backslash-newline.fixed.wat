(module
  (memory (export "memory") 1)
  (data (i32.const 0) "first line, "
    "second line")
  (func (export "len") (result i32)
    (i32.const 23)))
