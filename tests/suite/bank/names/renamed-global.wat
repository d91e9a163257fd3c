(module
  (global $counter (mut i32) (i32.const 0))
  (func $inc (global.set $count (i32.add (global.get $count) (i32.const 1))))
  (func $dec (global.set $count (i32.sub (global.get $count) (i32.const 1))))
  (func (export "get") (result i32) (global.get $count)))
