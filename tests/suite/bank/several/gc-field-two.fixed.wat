(module
  (type $p (struct (field $x i32) (field $y i32))))
