(module
  (type $name (array i8))
  (type $person (struct (field $age (mut i32)) (field $name (ref $name))))
  (func (export "nobody") (result (ref $person))
    (struct.new_default $person)))
