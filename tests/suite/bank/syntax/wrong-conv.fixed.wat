(module
  (func $f (param $a f64) (result f32)
    (f32.demote_f64 (local.get $a))))
