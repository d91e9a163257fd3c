(module
  (typ $t (func (param i32)))
  (func $f (type $t)))
