(module
  (memory 2 4)
  (global $top (mut i32) (i32.const 131072))
  (func $setup 
    (global.set $top (i32.const 0)))
  (start $setup))
