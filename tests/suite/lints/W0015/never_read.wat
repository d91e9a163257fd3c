(module
  (func $f (export "f") (param $n i32) (result i32)
    (local $half i32)
    (local.set $half (i32.shr_u (local.get $n) (i32.const 1)))
    (local.get $n))
)
