(module
  (func (export "f") (param $x i32) (result i32)
    (local $y i32)
    (i32.mul (local.tee $y (local.get $x)) (local.get $y))))
