(module
  (memory 1)
  (global $sp (mut i32) (i32.const 1024))
  (func (export "push") (param $v i32)
    (local $p i32)
    (local.set $p (i32.sub (global.get $sp) (i32.const 4)))
    (i32.store (local.get $p) (local.get $v))
    (global.set $sp (local.get $p))))
