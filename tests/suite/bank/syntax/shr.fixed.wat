(module
  (func $f (param $a i32) (result i32)
    (i32.shr_u (local.get $a) (i32.const 1))))
