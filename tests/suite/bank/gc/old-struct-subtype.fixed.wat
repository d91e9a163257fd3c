(module
  (type $shape (sub (struct (field $id i32))))
  (type $square (sub $shape (struct (field $id i32) (field $side f32))))
  (func (export "side") (param $s (ref $square)) (result f32)
    (struct.get $square $side (local.get $s))))
