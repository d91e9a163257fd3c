(module
  (memory 1)
  (data $magic (i32.const 0) "\x7fELF"))
