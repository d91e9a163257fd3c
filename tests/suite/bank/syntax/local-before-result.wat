(module
  (func (export "f") (param $x i32) (local $y i32) (result i32)
    (local.set $y (local.get $x))
    (local.get $y)))
