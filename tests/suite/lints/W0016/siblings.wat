(module
  (rec
    (type $shape (sub (struct)))
    (type $circle (sub $shape (struct (field $r f64))))
    (type $square (sub $shape (struct (field $a f64)))))
  (func $is_square (export "is_square") (param $c (ref $circle)) (result i32)
    (ref.test (ref $square) (local.get $c)))
)
