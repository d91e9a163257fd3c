(module
  (type (;1;) (func (param i32)))
  (type (;2;) (func (param i32 i32)))
  (type (;3;) (func (param i32 i32) (result i32)))
  (func (;0;) (type 1) (param i32))
  (func (;1;) (type 2) (param i32 i32))
  (func (;2;) (type 3) (param i32 i32) (result i32) (i32.const 1))
  (func (;3;) (type 1) (param i32)))
