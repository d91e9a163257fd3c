(module
  (func $f
    nop//nothing
    return))
