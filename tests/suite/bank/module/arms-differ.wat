(module
  (func $f (param $c i32) (result f64)
    (if (result f64) (local.get $c)
      (then (f64.const 1))
      (else (i32.const 0)))))
