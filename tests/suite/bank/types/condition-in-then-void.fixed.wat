(module
  (global $g (mut i32) (i32.const 0))
  (func $f (param $x i32)
    (if
       (i32.eqz (local.get $x))
      (then (global.set $g (i32.const 1))))))
