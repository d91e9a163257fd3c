(module
  (global $errno (mut i32) (i32.const 0))
  (func (export "errno") (result i32)
    global.get $errno))
