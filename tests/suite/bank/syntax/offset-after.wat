(module
  (memory 1)
  (data "hello" (i32.const 0)))
