(module
  (func $f (result funcref)
    (ref.null func)))
