(module
  (type $shape (sub (struct (field $id i32))))
  (type $circle (sub $shape (struct (field $id i32) (field $r f64))))
  (func (export "radius") (param $s (ref $shape)) (result f64)
    (block $is_circle (result (ref $circle))
      (br_on_cast $is_circle (ref $circle) (ref $shape) (local.get $s))
      (return (f64.const 0)))
    (struct.get $circle $r)))
