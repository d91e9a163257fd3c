(module
  (type $a (array i32 10)))
