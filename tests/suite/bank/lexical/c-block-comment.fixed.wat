(module
  (global $seed (mut i32) (i32.const 42)) (; xorshift state ;)
  (func (export "next") (result i32)
    (global.set $seed (i32.xor (global.get $seed) (i32.shl (global.get $seed) (i32.const 13))))
    (global.get $seed)))
