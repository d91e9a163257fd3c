(module
  (func $main (export "main") (param $n i32) (result i32)
    (local $a i32) (local $b i32)
    (local.set 2 (local.get $n))
    (local.get 2))
)
