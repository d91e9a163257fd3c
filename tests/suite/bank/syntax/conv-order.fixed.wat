(module
  (func $f (param $a i32) (result f64)
    (f64.convert_i32_s (local.get $a))))
