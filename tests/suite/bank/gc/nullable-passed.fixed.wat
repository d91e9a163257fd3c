(module
  (type $n (struct (field $v i32)))
  (func $use (param $x (ref $n)))
  (func $f (param $y (ref null $n))
    (call $use (ref.as_non_null (local.get $y)))))
