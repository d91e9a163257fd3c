(module
  (func (export "limit") (result i32)
    (i32.const -2147483648)))
