(module
  (func $f))

