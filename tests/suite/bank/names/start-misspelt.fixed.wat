(module
  (memory 1)
  (func $initialize
    (i32.store (i32.const 0) (i32.const 1)))
  (start $initialize))
