(module
  (type $sig (func (param i32) (result i32)))
  (func $f (param i32) (type $sig) (result i32) (local.get 0)))
