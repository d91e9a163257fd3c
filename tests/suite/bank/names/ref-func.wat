(module
  (func $cb)
  (elem declare func $cb)
  (func (result funcref) (ref.func cb)))
