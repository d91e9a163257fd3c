(module
  (func (export "inc") (param $x i32) (result i32)
    (i32.add (local.get $x) 1)))
