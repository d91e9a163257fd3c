(module
  (func (export "id") (param $x i32) (result i32)
    (get_local $x)))
