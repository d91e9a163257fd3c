(module
  (func $main nop)
  (start "main"))
