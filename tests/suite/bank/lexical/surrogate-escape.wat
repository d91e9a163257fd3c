(module
  (func (export "smile\u{d83d}\u{de00}") (result i32)
    i32.const 1))
