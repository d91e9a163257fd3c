(module
  (func (export "negate") (param $x i32) (result i32)
    (i32.negate (local.get $x))))
