(module
  (type $a (array i32 )))
