(module
  (func $f (result externref)
    null))
