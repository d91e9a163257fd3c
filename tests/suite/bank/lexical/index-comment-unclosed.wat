(module
  (type (;0;) (func (param i32) (result i32)))
  (type (;1; (func (param i32 i32) (result i32)))
  (type (;2;) (func))
  (func (;0;) (type 0) (param i32) (result i32)
    local.get 0
    i32.const 1
    i32.add)
  (func (;1;) (type 1) (param i32 i32) (result i32)
    local.get 0
    local.get 1
    i32.mul)
  (export "inc" (func 0))
  (export "mul" (func 1)))
