(module
  (func $f))
