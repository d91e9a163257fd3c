(module
  (global $ptr (mut i32) (i32.const 0))
  (func (export "peek") (result i32)
    global.get $ptr
    i32.load offset=4))
