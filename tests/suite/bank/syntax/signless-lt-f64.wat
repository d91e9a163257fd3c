(module
  (func $f (param $a f64) (param $b f64) (result i32)
    (f64.lt_s (local.get $a) (local.get $b))))
