(module
  (tag $e (param i32 f64))
  (func $f (param $x f64)
    (throw $e (local.get $x) (i32.const 1))))
