(module
  (type $Shape (sub (struct (field $id i32))))
  (type $Circle (sub $Shape (struct (field $id i32) (field $r f64))))
  (func (export "r") (param (ref $Circle)) (result f64)
    (struct.get $Circle $r (local.get 0))))
