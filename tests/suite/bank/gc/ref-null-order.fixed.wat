(module
  (type $n (struct))
  (func $f (param $x (ref null $n))))
