(module
  (type (func (param i32)))
  (type (func (param i32 i32) (result i32)))
  (type (func (result i32)))
  (type (func (param f64) (result f64)))
  (func $add (type 0) (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func $one (type 1) (result i32) (i32.const 1))
  (func $sq (type 2) (param f64) (result f64) (f64.mul (local.get 0) (local.get 0))))
