(module
  (type $rect (struct
    (field $w i32)
    (field $h i32)
    (field $w i32)))
  (func (export "h") (param $r (ref $rect)) (result i32)
    (struct.get $rect $h (local.get $r))))
