(module
  (@custom "producer" "mine")
  (func (export "f")))
