(module
  (global $ready (mut i32) (i32.const 0))
  (func $boot
    (global.set $ready (i32.const 1)))
  (start $boot))
