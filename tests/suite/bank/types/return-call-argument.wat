(module
  (func $sum (param $i i32) (param $acc f64) (result f64)
    (if (i32.eqz (local.get $i))
      (then (return (local.get $acc))))
    (return_call $sum
      (i32.sub (local.get $i) (i32.const 1))
      (i32.add (i32.trunc_f64_s (local.get $acc)) (local.get $i)))))
