(module
  (global $top (mut i32) (i32.const 0))
  (func (export "top") (result i32)
    (global.get $top)))
