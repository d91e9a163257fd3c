(module
  (type $p (struct ($x i32) ($y i32)))
  (func (export "f") (param (ref $p))))
