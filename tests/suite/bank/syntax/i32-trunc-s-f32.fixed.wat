(module
  (func $f (param $a f32) (result i32)
    (i32.trunc_f32_s (local.get $a))))
