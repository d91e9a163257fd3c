(module
  (global $g (mut i32) (i32.const 0))
  (func $f (param $x i64)
    (global.set $g (i32.wrap_i64 (local.get $x)))))
