(module
  (memory 1)
  (func $f (param $p i32) (param $x f64)
    (store (local.get $p) (local.get $x))))
