(module
  (struct $point (field $x i32))
  (func (export "f") (result i32) (i32.const 0)))
