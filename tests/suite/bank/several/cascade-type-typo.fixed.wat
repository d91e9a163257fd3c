(module
  (type $t (func (param i32)))
  (func $f (type $t)))
