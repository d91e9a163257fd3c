(module
  (import "m" "sin" (func $sin (param f64) (result f64)))
  (func $f (param $n f32) (result f64)
    (call $sin (f64.promote_f32 (local.get $n)))))
