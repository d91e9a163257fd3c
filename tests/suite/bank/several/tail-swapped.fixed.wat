(module
  (func $loop (param $n i32) (param $acc f64) (result f64)
    (if (result f64) (i32.eqz (local.get $n))
      (then (local.get $acc))
      (else (return_call $loop (i32.sub (local.get $n) (i32.const 1)) (f64.mul (local.get $acc) (f64.const 2)))))))
