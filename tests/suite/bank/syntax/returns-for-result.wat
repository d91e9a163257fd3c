(module
  (func (export "f") (param $x i32) (returns i32)
    (local.get $x)))
