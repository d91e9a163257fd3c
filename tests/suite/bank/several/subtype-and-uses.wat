(module
  (type $shape (sub (struct (field $id i32))))
  (type $circle (sub $shape (struct (field $id i64) (field $r f64))))
  (func (export "r") (param $c (ref $circle)) (result f64)
    (struct.get $circle $r (local.get $c)))
  (func (export "as_shape") (param $s (ref $shape)) (result i64)
    (i64.extend32_s (struct.get $shape $id (local.get $s)))))
