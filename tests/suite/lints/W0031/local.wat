(module
  (func $main (export "main") (param $n i32) (result i32)
    (local $i i32) (local $j i32)
    (local i64)
    (local.set $j (local.get $n))
    (local.get $j))
)
