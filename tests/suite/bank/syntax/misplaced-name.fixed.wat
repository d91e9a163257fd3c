(module
  (func (@name "identity") (export "id") (param $x i32) (result i32)
    (local.get $x)))
