(module
  (func $f (pass)))
