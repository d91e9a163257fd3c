(module
  (type $shape (sub (struct (field $id i32))))
  (type $rect (sub $shape (struct (field $id i32) (field $w f32) (field $h f32))))
  (func (export "width") (param $r (ref $rect)) (result f32)
    (struct.get $rect $w (local.get $r))))
