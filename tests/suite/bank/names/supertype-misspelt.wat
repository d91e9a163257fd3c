(module
  (type $shape (sub (struct (field $id i32))))
  (type $circle (sub $shap (struct (field $id i32) (field $r f64))))
  (func (export "id") (param $s (ref $shape)) (result i32)
    (struct.get $shape $id (local.get $s))))
