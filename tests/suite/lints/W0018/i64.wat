(module
  (func $f (export "f") (param $n i64) (result i64)
    (i64.shr_s (local.get $n) (i64.const 100)))
)
