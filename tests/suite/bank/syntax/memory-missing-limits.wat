(module
  (memory $m (export "memory"))
  (func (export "peek") (param i32) (result i32)
    (i32.load (local.get 0))))
