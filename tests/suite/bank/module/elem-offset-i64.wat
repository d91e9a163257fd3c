(module
  (table $handlers 10 funcref)
  (func $click)
  (func $key)
  (elem (table $handlers) (i64.const 1) func $click $key))
