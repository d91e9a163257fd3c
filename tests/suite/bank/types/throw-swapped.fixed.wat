(module
  (tag $e (param i32 f64))
  (func $f (param $x f64)
    (throw $e (i32.const 1) (local.get $x))))
