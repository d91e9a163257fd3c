(module
  (global $ready (mut i32) (i32.const 0))
  (func $boot (result i32)
    (global.set $ready (i32.const 1))
    (global.get $ready))
  (start $boot))
