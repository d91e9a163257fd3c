(module
  (type $p (struct (field $x i32) (field $y i32)))
  (func (export "f") (param (ref $p))))
