(module
  (func $initialize
    (nop))
  (start $initialise))
