(module
  (import "spectest" "print" (func $print (param i32)))
  (memory 1)
  (table 2 anyfunc)
  (global $sp (mut i32) (i32.const 65536))
  (func (export "push") (param $v i32)
    (set_global $sp (i32.sub (get_global $sp) (i32.const 4)))
    (i32.store (global.get $sp) (get_local $v))
    (call $print (i32.wrap/i64 (i64.const 1)))))
