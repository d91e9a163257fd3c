(module
  (func (export "addr") (result i32)
    i32.const 0xff00))
