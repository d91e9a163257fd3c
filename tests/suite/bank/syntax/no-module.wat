module
  (func $f)
