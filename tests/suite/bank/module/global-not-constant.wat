(module
  (func $seed (result i32) i32.const 17)
  (global $state (mut i32) (call $seed))
  (func (export "next") (result i32)
    (global.set $state (i32.mul (global.get $state) (i32.const 1103515245)))
    (global.get $state)))
