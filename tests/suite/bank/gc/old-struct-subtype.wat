(module
  (type $shape (sub (struct (field $id i32))))
  (type $square (struct_subtype (field $id i32) (field $side f32) $shape))
  (func (export "side") (param $s (ref $square)) (result f32)
    (struct.get $square $side (local.get $s))))
