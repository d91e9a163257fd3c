(module
  (func (export "in") (param externref) (result anyref)
    (any.convert_extern (local.get 0)))
  (func (export "out") (param anyref) (result externref)
    (extern.convert_any (local.get 0))))
