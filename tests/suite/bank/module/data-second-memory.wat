(module
  (memory $code 1)
  (data (memory 0) (i32.const 0) "code")
  (data (memory 1) (i32.const 0) "data"))
