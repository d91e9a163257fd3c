(module
  (import "spectest" "print" (func $print (param i32)))
  (memory 1)
  (table 2 funcref)
  (global $sp (mut i32) (i32.const 65536))
  (func (export "push") (param $v i32)
    (global.set $sp (i32.sub (global.get $sp) (i32.const 4)))
    (i32.store (global.get $sp) (local.get $v))
    (call $print (i32.wrap_i64 (i64.const 1)))))
