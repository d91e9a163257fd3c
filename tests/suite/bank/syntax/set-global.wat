(module
  (global $g (mut i32) (i32.const 0))
  (func $f (param $a i32)
    (set_global $g (local.get $a))))
