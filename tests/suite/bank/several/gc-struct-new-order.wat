(module
  (type $p (struct (field $name (ref null extern)) (field $age i32)))
  (func $mk (param $n externref) (param $a i32) (result (ref $p))
    (struct.new $p (local.get $a) (local.get $n))))
