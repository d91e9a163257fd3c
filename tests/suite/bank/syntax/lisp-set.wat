(module
  (func $f (param $x i32)
    (set! $x (i32.const 5))))
