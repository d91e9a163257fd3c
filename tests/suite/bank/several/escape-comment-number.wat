(module
  (memory 1)
  (data (i32.const 0) "C:\path")
  (func (export "version") (result i32)
    (i32.const 1_000_))
  (func (export "name") (result i32)
    (i32.const 0xG1)))
