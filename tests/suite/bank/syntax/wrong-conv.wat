(module
  (func $f (param $a f64) (result f32)
    (f32.demote (local.get $a))))
