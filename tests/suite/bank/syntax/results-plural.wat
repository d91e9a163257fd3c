(module
  (func (export "f") (param $x i32) (results i32)
    (local.get $x)))
