(module
  (func (export "a"))
  (func (export "b")))
