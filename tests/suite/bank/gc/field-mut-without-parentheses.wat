(module
  (type $point (struct
    (field $x mut f32)
    (field $y (mut f32))))
  (func (export "y") (param $p (ref $point)) (result f32)
    (struct.get $point $y (local.get $p))))
