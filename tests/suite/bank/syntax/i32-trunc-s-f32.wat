(module
  (func $f (param $a f32) (result i32)
    (i32.trunc_s/f32 (local.get $a))))
