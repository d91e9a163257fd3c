(module
  (func $f (param $a f64) (param $b f64) (result f64)
    (sqrt (add (mul (local.get $a) (local.get $a)) (mul (local.get $b) (local.get $b))))))
