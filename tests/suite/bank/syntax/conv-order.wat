(module
  (func $f (param $a i32) (result f64)
    (f64.convert_s_i32 (local.get $a))))
