(module
  (func $f (param $x i32) (result i32)
    (i32.add (local.get $x) (i32.const 1))))
