(module
  (func (export "in") (param externref) (result anyref)
    (extern.internalize (local.get 0)))
  (func (export "out") (param anyref) (result externref)
    (extern.externalize (local.get 0))))
