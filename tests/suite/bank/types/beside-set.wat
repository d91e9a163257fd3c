(module
  (global $n (mut i32) (i32.const 0))
  (func $bump
    (global.set $n)
    (i32.add (global.get $n) (i32.const 1))))
