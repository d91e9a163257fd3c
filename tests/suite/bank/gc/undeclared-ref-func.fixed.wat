(module
  (func $cb)
  (func $f (result funcref)
    (ref.func $cb))
  (elem declare func $cb))
