(module
  (func $f (nop)))
