(module
  (func $f (export "f") (param $n i32) (result i32)
    (i32.ge_u (local.get $n) (i32.const 0)))
  (func $g (export "g") (param $n i64) (result i32)
    (i64.gt_u (i64.const 0) (local.get $n)))
)
