(module
  (func (export "none") (result funcref)
    (ref.null)))
