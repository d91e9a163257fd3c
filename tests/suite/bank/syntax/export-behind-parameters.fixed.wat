(module
  (func $sq (export "sq") (param $x i32) (result i32)
    (i32.mul (local.get $x) (local.get $x)))
  (memory 1))
