(module
  (global $heapPtr (mut i32) (i32.const 65536))
  (func $alloc (param $n i32) (result i32)
    (global.get $heapPtr)
    (global.set $heapPtr (i32.add (global.get $heapPtr) (local.get $n)))))
