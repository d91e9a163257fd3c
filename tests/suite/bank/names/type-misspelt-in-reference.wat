(module
  (type $point (struct (field $x i32) (field $y i32)))
  (func (export "x") (param $p (ref null $ponit)) (result i32)
    (struct.get $point $x (local.get $p))))
