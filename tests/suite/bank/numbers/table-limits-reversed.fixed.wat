(module
  (table $t (export "t") 8 16 funcref))
