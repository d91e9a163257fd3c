(module
  (func $total (param $n i32) (result i32)
    (local.get $n))
  (func $tota1 (export "f") (param $n i32) (result i32)
    (call $total (local.get $n)))
)
