(module
  (memory 4)
  (global $stack (mut i32) (i32.const 1024))
  (func (export "sp") (result i32) global.get $stack))
