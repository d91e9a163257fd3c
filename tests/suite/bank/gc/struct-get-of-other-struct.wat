(module
  (type $circle (struct (field $r f32)))
  (type $square (struct (field $side f32) (field $tag i32)))
  (func (export "side") (param $shape (ref $circle)) (result f32)
    (struct.get $square $side (local.get $shape))))
