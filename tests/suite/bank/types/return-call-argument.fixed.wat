(module
  (func $sum (param $i i32) (param $acc f64) (result f64)
    (if (i32.eqz (local.get $i))
      (then (return (local.get $acc))))
    (return_call $sum
      (i32.sub (local.get $i) (i32.const 1))
      (f64.add (local.get $acc) (f64.convert_i32_s (local.get $i))))))
