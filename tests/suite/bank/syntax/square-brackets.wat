(module
  [func $f])
