(module
  (func (export "a")))
(module
  (func (export "b")))
