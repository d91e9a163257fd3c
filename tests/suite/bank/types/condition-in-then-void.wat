(module
  (global $g (mut i32) (i32.const 0))
  (func $f (param $x i32)
    (if
      (then (i32.eqz (local.get $x))
       (global.set $g (i32.const 1))))))
