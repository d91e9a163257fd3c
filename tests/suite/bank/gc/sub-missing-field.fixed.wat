(module
  (type $shape (sub (struct (field $kind i32) (field $area f64))))
  (type $square (sub $shape (struct (field $kind i32) (field $area f64))))
  (func (export "kind") (param $s (ref $square)) (result i32)
    (struct.get $square $kind (local.get $s))))
