(module
  (func $f (param $x i8)))
