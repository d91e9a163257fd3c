(module
  (memory 4)
  (global $stack (mut i32) (i32.const 1024) (i32.const 4096))
  (func (export "sp") (result i32) global.get $stack))
