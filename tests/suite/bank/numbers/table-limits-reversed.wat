(module
  (table $t (export "t") 16 8 funcref))
