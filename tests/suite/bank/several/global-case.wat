(module
  (global $heapPtr (mut i32) (i32.const 65536))
  (func $alloc (param $n i32) (result i32)
    (global.get $heap_ptr)
    (global.set $heap_ptr (i32.add (global.get $heap_ptr) (local.get $n)))))
