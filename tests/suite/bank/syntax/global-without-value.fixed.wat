(module
  (global $count (mut i32) (i32.const 0))
  (func (export "count") (result i32)
    (global.get $count)))
