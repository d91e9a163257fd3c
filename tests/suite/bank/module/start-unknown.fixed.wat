(module
  (func $initialize
    (nop))
  (start $initialize))
