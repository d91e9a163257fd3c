(module
  (global $counter (mut i32) (i32.const 0))
  (func $inc (global.set $counter (i32.add (global.get $counter) (i32.const 1))))
  (func $dec (global.set $counter (i32.sub (global.get $counter) (i32.const 1))))
  (func (export "get") (result i32) (global.get $counter)))
