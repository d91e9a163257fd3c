(module
  (func $f (result anyref)
    (ref.null anyref)))
