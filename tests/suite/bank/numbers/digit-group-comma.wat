(module
  (func (export "million") (result i32)
    i32.const 1,000,000))
