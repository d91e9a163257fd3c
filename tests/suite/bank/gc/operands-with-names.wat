(module
  (type $p (struct (field $x i32) (field $y i32)))
  (func $f (result (ref $p))
    (struct.new $p $x (i32.const 1) $y (i32.const 2))))
