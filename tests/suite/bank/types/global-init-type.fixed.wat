(module
  (memory (export "memory") 2)
  (global $heap_base (mut i32) (i32.const 1024))
  (func (export "alloc") (param $n i32) (result i32)
    (global.get $heap_base)
    (global.set $heap_base (i32.add (global.get $heap_base) (local.get $n)))))
