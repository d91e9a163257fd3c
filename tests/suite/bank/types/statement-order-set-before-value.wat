(module
  (global $g (mut i32) (i32.const 0))
  (func (export "inc")
    global.get $g
    global.set $g
    i32.const 1
    i32.add))
