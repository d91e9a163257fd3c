(module
  (type $p (struct (field $x i32) (field $y i32)))
  (func $f (result (ref $p))
    (struct.new $p (i32.const 1) (i32.const 2))))
