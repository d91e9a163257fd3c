(module
  (type $f (func (param i32) (result i32)))
  (func (type $f) (local.get 0)))
