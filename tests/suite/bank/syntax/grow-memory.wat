(module
  (memory 1)
  (func $f (result i32)
    (grow_memory (i32.const 1))))
