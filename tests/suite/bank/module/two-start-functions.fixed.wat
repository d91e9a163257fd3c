(module
  (global $ready (mut i32) (i32.const 0))
  (func $init (global.set $ready (i32.const 1)))
  (func $init2 (global.set $ready (i32.const 2)))
  (start $init)
  )
