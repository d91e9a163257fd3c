(module
  (type $shape (sub (struct (field $id i32))))
  (type $circle (sub $shape (struct (field $id i32) (field $r f64))))
  (func (export "radius") (param $s (ref $shape)) (result f64)
    (block $is (result (ref $circle))
      (br_on_cast $is (ref $shape) (ref $circle) (local.get $s))
      (return (f64.const 0)))
    (struct.get $circle $r)))
