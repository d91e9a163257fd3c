(module
  (func $f))
.
