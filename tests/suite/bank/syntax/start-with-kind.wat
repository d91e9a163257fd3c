(module
  (func $main nop)
  (start (func $main)))
