(module
  (func $main (export "main") (param $a i32) (param $b i32) (param i32) (result i32)
    (local.get $a))
)
