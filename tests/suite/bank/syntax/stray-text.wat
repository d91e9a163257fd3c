(module
  (func $f)
  TODO: write the rest
  (func $g))
