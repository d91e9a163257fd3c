(module
  (func $f (param $x f64) (result f64)
    (f64.add (local.get $x) (f64.const 1.5))))
