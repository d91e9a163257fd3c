(module
  (type $point (struct (field $x f64) (field $y f64)))
  (func (export "origin") (result (ref $point))
    (struct.new_default $point)))
