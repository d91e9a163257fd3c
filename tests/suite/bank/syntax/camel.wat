(module
  (func $f (param $x i32) (result i32)
    (I32.Add (local.get $x) (i32.const 1))))
