(module
  (type $point (struct (field $x i32)))
  (func (export "x") (param $p $point) (result i32)
    (struct.get $point $x (local.get $p))))
