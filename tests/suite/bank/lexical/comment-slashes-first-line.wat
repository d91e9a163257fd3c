// fibonacci.wat
(module
  (func (export "first") (result i32)
    (i32.const 1)))
