(module
  (memory (export "m") 1)
  (data (i32 16) "abc"))
