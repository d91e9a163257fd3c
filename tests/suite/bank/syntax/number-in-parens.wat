(module
  (func $f (param $x f64) (result f64)
    (f64.add (local.get $x) (1.5))))
