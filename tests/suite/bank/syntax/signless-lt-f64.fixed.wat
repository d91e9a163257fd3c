(module
  (func $f (param $a f64) (param $b f64) (result i32)
    (f64.lt (local.get $a) (local.get $b))))
