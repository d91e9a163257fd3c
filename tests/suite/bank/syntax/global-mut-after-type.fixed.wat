(module
  (global $heap (export "heap") (mut i32) (i32.const 65536))
  (func (export "alloc") (param $n i32) (result i32)
    global.get $heap
    global.get $heap
    local.get $n
    i32.add
    global.set $heap))
