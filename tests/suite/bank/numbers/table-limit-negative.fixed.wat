(module
  (table 8 funcref)
  (func (export "f") nop))
