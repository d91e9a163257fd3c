(module
  (func (export "negative") (result i32)
    i32.const -1))
