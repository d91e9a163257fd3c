(module
  (func (export "addr") (result i32)
    i32.const #ff00))
