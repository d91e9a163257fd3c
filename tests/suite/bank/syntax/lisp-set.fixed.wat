(module
  (func $f (param $x i32)
    (local.set $x (i32.const 5))))
