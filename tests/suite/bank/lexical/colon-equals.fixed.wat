(module
  (global $n (mut i32) (i32.const 4))
  (func (export "n") (result i32)
    global.get $n))
