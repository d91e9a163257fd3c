(module
  (func (result i32) (i32.const 1))
  (func (result i32) (i32.const 2))
  (export "two" (func 1))
  (export "three" (func 2)))
