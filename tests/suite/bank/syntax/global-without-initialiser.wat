(module
  (global $errno (mut i32))
  (func (export "errno") (result i32)
    global.get $errno))
