(module
  (type $p (struct (field $x i32 $y i32))))
