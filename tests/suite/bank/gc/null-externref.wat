(module
  (func $f (result externref)
    (ref.null externref)))
