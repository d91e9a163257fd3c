(module
  (memory $m (export "memory") 1)
  (func (export "peek") (param i32) (result i32)
    (i32.load (local.get 0))))
