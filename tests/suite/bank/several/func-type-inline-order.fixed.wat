(module
  (type $sig (func (param i32) (result i32)))
  (func $f (type $sig) (param i32) (result i32) (local.get 0)))
