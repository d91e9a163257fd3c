(module
  (type $op (param i32) (result i32))
  (func (type $op) (local.get 0)))
