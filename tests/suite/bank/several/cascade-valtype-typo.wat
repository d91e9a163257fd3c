(module
  (func $f (param $x i23) (param $y i32) (result i32)
    (i32.add (local.get $x) (local.get $y))))
