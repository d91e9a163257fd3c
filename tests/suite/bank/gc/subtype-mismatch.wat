(module
  (type $shape (sub (struct (field i32))))
  (type $circle (sub $shape (struct (field i32) (field f64))))
  (func $draw (param (ref $circle)))
  (func $f (param $s (ref $shape))
    (call $draw (local.get $s))))
