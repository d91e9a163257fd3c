(module
  (type $point (struct (field $x i32) (field $y i32)))
  (func (export "x") (param $p (ref $point)) (result i32)
    local.get $p
    i32.const 0
    array.get $point))
