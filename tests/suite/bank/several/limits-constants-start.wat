(module
  (memory 4 2)
  (global $top (mut i32) (i64.const 131072))
  (func $setup (result i32)
    (global.get $top))
  (start $setup))
