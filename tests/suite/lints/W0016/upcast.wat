(module
  (type $shape (sub (struct)))
  (type $circle (sub $shape (struct (field $r f64))))
  (func $f (export "f") (param $c (ref $circle)) (result (ref $shape))
    (ref.cast (ref $shape) (local.get $c)))
)
