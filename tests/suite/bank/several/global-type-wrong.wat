(module
  (global $g (mut i32) (i32.const 0))
  (func $f (param $x i64)
    (global.set $g (local.get $x))))
