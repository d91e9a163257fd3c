(module
  (func (export "same") (param $x i32) (result i32)
    local.get$x))
