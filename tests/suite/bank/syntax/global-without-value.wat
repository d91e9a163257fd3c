(module
  (global $count (mut i32))
  (func (export "count") (result i32)
    (global.get $count)))
