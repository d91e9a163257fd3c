(module
  (global $size (mut i32) (i32.const 0))
  (func (export "size") (result i32) (i32.const 1)))
