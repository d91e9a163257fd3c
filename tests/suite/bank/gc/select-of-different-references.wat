(module
  (type $a (struct (field i32)))
  (type $b (struct (field f32)))
  (func (export "pick") (param $x (ref $a)) (param $y (ref $b)) (param $c i32) (result (ref $a))
    local.get $x
    local.get $y
    local.get $c
    select (result (ref $a))))
