(module
  (type $n (struct))
  (func $f (param $x (ref opt $n))))
