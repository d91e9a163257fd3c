(module
  (func $f (param $a f64) (param $b f64) (result f64)
    (* (local.get $a) (local.get $b))))
