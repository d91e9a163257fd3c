(module
  (memory 1)
  (data (i32.const 0) "first line\nsecond line")
  (func (export "peek") (result i32)
    (i32.load8_u (i32.const 0))))
