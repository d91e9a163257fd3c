(module
  (global $stack_pointer (mut i32) (i32.const 65536))
  (func (export "push") (param $size i32)
    (global.set $stack_pointer
      (i32.sub (global.get $stack_pointer) (local.get $size)))))
