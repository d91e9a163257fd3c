(module
  (memory 1)
  (func $f (result i32)
    (memory.grow (i32.const 1))))
