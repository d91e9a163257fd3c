(module
  (func $f (param $x i32) (result i32)
    (local $y i32)
    (local.set $y (i32.add (local.get $x) (i32.const 1)))
    (local.get $y))
  (export "f" (func $f)))
