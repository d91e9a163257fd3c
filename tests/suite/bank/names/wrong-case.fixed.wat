(module
  (global $heapBase (mut i32) (i32.const 4096))
  (func $allocate (export "allocate") (param $byteCount i32) (result i32)
    (local $ptr i32)
    (local.set $ptr (global.get $heapBase))
    (global.set $heapBase (i32.add (local.get $ptr) (local.get $byteCount)))
    (local.get $ptr)))
