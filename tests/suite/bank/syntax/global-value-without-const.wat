(module
  (global $limit i32 100)
  (func (export "limit") (result i32)
    (global.get $limit)))
