(module
  (func $f (result anyref)
    (ref.null any)))
