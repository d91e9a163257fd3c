(module
  (type $point (struct $x f64 $y f64))
  (func (export "origin") (result (ref $point))
    (struct.new_default $point)))
