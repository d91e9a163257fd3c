(module
  (type $base (sub (struct (field i32))))
  (type $derived (sub $base (struct (field i32) (field f32))))
  (func (export "mk") (result (ref $derived))
    (struct.new_default $derived)))
